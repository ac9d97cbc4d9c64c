import type { AppError } from '../src/base/errors.js';
import type { Renderer } from '../src/cards/render.js';
import type { Outcome } from '../src/flows/flow.js';
import type { Problem } from './problem.js';

/** The body of an answer to a press. HTTP itself always says 200, or Teams shows its own "something went wrong". */
export interface InvokeAnswer {
  readonly statusCode: number;
  readonly type: string;
  readonly value: unknown;
}

export function outcomeAnswer(outcome: Outcome, renderer: Renderer): InvokeAnswer {
  if (outcome.kind === 'notice')
    return answer(200, 'application/vnd.microsoft.activity.message', outcome.text);
  return answer(200, 'application/vnd.microsoft.card.adaptive', renderer.render(outcome.card).content);
}

export function problemAnswer({ error, reference }: Problem): InvokeAnswer {
  const message = `${error.says} ${error.next} (ref ${reference})`;
  const status = error.retry === 'no' ? 400 : 500;
  return answer(status, 'application/vnd.microsoft.error', { code: error.code, message });
}

/** The exchange did not work: Teams falls back to the button it got with the login request. */
export function exchangeRefused(error: AppError): InvokeAnswer {
  const value = { code: error.code, message: error.says };
  return answer(412, 'application/vnd.microsoft.error.preconditionFailed', value);
}

export interface LoginRequest {
  readonly text: string;
  readonly link: string;
  /** Lets Teams try without the person first. `id` must be new each time: Teams drops repeated ones. */
  readonly silent?: { readonly id: string; readonly uri: string };
}

export function loginRequest({ text, link, silent }: LoginRequest): InvokeAnswer {
  return answer(401, 'application/vnd.microsoft.activity.loginRequest', {
    text,
    // Teams ignores the request when this is empty, though no connection of that name is used.
    connectionName: 'latchkey',
    buttons: [{ type: 'signin', title: 'Sign in', text: 'Sign in', value: link }],
    ...(silent === undefined ? {} : { tokenExchangeResource: silent }),
  });
}

function answer(statusCode: number, type: string, value: unknown): InvokeAnswer {
  return { statusCode, type, value };
}
