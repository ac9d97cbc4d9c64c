import type { JsonRecord } from './json.js';

/** What came back from the bot for one activity. */
export type Delivery =
  | { readonly kind: 'answered'; readonly status: number; readonly body: unknown }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'timeout' };

export interface BotLine {
  readonly botUrl: string;
  readonly token: () => string;
  /** Teams gives up on a bot after this long and says "Unable to reach app". */
  readonly patienceMs: number;
}

export async function deliver(line: BotLine, activity: JsonRecord): Promise<Delivery> {
  try {
    const response = await fetch(new URL('/api/messages', line.botUrl), {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${line.token()}` },
      body: JSON.stringify(activity),
      signal: AbortSignal.timeout(line.patienceMs),
    });
    return { kind: 'answered', status: response.status, body: parse(await response.text()) };
  } catch (cause) {
    return { kind: cause instanceof Error && cause.name === 'TimeoutError' ? 'timeout' : 'unreachable' };
  }
}

function parse(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
