import type { Delivery } from './deliver.js';
import { isRecord, type JsonRecord } from './json.js';

/** The body of an answer to a card press, exactly as the bot sent it. */
export interface InvokeResponse {
  readonly statusCode: number;
  readonly type: string;
  readonly value: unknown;
}

export interface SignInRequest {
  readonly text: string;
  readonly connectionName: string;
  /** Present when Teams may try silently, with a token of its own. */
  readonly exchangeId?: string;
  readonly button: { readonly title: string; readonly url: string };
}

export type Answer =
  | { readonly kind: 'card'; readonly card: JsonRecord }
  | { readonly kind: 'toast'; readonly text: string }
  | { readonly kind: 'sign-in'; readonly request: SignInRequest }
  | { readonly kind: 'exchange-refused' }
  | { readonly kind: 'error'; readonly text: string };

const went = 'Something went wrong. Please try again.';

export function responseOf(delivery: Delivery): InvokeResponse {
  if (delivery.kind !== 'answered')
    return failure(504, 'GatewayTimeout', 'Unable to reach app. Please try again.');
  // Teams wants HTTP 200 always; any other status is a failed app, whatever the body says.
  if (delivery.status !== 200) return failure(delivery.status, 'BotError', went);
  const body = delivery.body;
  if (!isRecord(body) || typeof body.statusCode !== 'number' || typeof body.type !== 'string') {
    return failure(502, 'BadAnswer', went);
  }
  return { statusCode: body.statusCode, type: body.type, value: body.value };
}

export function readAnswer({ statusCode, type, value }: InvokeResponse): Answer {
  switch (`${statusCode} ${type}`) {
    case '200 application/vnd.microsoft.card.adaptive':
      return isRecord(value) ? { kind: 'card', card: value } : { kind: 'error', text: went };
    case '200 application/vnd.microsoft.activity.message':
      return { kind: 'toast', text: typeof value === 'string' ? value : went };
    case '401 application/vnd.microsoft.activity.loginRequest':
      return readSignIn(value);
    case '401 application/vnd.microsoft.error.incorrectAuthCode':
      return { kind: 'error', text: 'That sign-in code was not accepted. Please sign in again.' };
    case '412 application/vnd.microsoft.error.preconditionFailed':
      return { kind: 'exchange-refused' };
    default:
      return { kind: 'error', text: messageOf(value) };
  }
}

/** Teams ignores a login request without a connection name or without a button. */
function readSignIn(value: unknown): Answer {
  const card = isRecord(value) ? value : {};
  const [first] = Array.isArray(card.buttons) ? card.buttons : [];
  const { text, connectionName, tokenExchangeResource } = card;
  if (typeof connectionName !== 'string' || connectionName === '' || !isRecord(first)) {
    return { kind: 'error', text: went };
  }
  const exchangeId = isRecord(tokenExchangeResource) ? tokenExchangeResource.id : undefined;
  const request: SignInRequest = {
    text: typeof text === 'string' && text !== '' ? text : 'Please sign in to continue.',
    connectionName,
    button: { title: String(first.title ?? 'Sign in'), url: String(first.value ?? '') },
    ...(typeof exchangeId === 'string' ? { exchangeId } : {}),
  };
  return { kind: 'sign-in', request };
}

function messageOf(value: unknown): string {
  const message = isRecord(value) ? value.message : undefined;
  return typeof message === 'string' && message !== '' ? message : went;
}

function failure(statusCode: number, code: string, message: string): InvokeResponse {
  return { statusCode, type: 'application/vnd.microsoft.error', value: { code, message } };
}
