import { second } from '../../src/base/clock.js';
import { nameOf } from './finding.js';

export type Fetch = typeof fetch;

export type Looked =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly date: string | undefined;
      readonly body: unknown;
    }
  /** Nothing came back; `why` names the reason without quoting an address. */
  | { readonly kind: 'silence'; readonly why: string };

export interface LookOptions {
  readonly fetch: Fetch;
  readonly bearer?: string;
}

const deadlineMs = 5 * second;

/** One GET that never throws and never waits for long. */
export async function look(url: string, { fetch, bearer }: LookOptions): Promise<Looked> {
  try {
    const response = await fetch(url, {
      redirect: 'error',
      signal: AbortSignal.timeout(deadlineMs),
      headers: {
        accept: 'application/json',
        ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
      },
    });
    const text = await response.text();
    const date = response.headers.get('date') ?? undefined;
    return { kind: 'answer', status: response.status, date, body: parsed(text) };
  } catch (thrown) {
    return { kind: 'silence', why: nameOf(thrown) };
  }
}

/** For a sentence: "answered 503", "did not answer (ENOTFOUND)". */
export function said(looked: Looked): string {
  return looked.kind === 'answer' ? `answered ${looked.status}` : `did not answer (${looked.why})`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
