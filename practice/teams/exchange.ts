import { type Brought, withProof } from './activities.js';
import { type BotLine, deliver } from './deliver.js';
import { type InvokeResponse, readAnswer, responseOf, type SignInRequest } from './invoke-answer.js';
import type { JsonRecord } from './json.js';

/** What the person gets to see of one press. */
export type Outcome =
  | { readonly kind: 'card'; readonly card: JsonRecord }
  | { readonly kind: 'toast'; readonly text: string }
  | { readonly kind: 'prompt'; readonly request: SignInRequest }
  | { readonly kind: 'error'; readonly text: string };

export interface Exchanged {
  /** The last answer of the bot, as it came. */
  readonly response: InvokeResponse;
  readonly outcome: Outcome;
}

/** How this client proves who is pressing when the bot asks. */
export type Proof = { readonly kind: 'silent'; readonly token: () => string } | { readonly kind: 'popup' };

/**
 * One press from end to end: the invoke, and where the bot asks for a sign-in the same invoke once more. `brought`
 * goes with the first one only: what a sign-in window left behind.
 */
export async function exchange(
  line: BotLine,
  invoke: JsonRecord,
  proof: Proof,
  brought: Brought = {},
): Promise<Exchanged> {
  const first = await ask(line, withProof(invoke, brought));
  const asked = readAnswer(first);
  if (asked.kind !== 'sign-in') return finish(first);
  if (proof.kind === 'popup' || asked.request.exchangeId === undefined) return finish(first);

  const { exchangeId: id, connectionName } = asked.request;
  const authentication = { id, connectionName, token: proof.token() };
  const second = await ask(line, withProof(invoke, { authentication }));
  // The bot could not use the token (no consent yet): Teams falls back to the button of the first request.
  if (readAnswer(second).kind === 'exchange-refused') {
    return { response: second, outcome: { kind: 'prompt', request: asked.request } };
  }
  return finish(second);
}

async function ask(line: BotLine, invoke: JsonRecord): Promise<InvokeResponse> {
  return responseOf(await deliver(line, invoke));
}

function finish(response: InvokeResponse): Exchanged {
  const answer = readAnswer(response);
  if (answer.kind === 'sign-in') return { response, outcome: { kind: 'prompt', request: answer.request } };
  if (answer.kind === 'exchange-refused') {
    return { response, outcome: { kind: 'error', text: 'The sign-in was not accepted. Please try again.' } };
  }
  return { response, outcome: answer };
}
