import type { ReadOptions, WriteOptions } from './graph.js';

/**
 * What repeating a call would mean. `read` changes nothing; `replace` (PUT, DELETE) leaves the same state however often
 * it is done; `change` (PATCH) and `create` (POST) might be done twice.
 */
export type Meaning = 'read' | 'replace' | 'change' | 'create';

export interface Call {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Below the version, such as `/users`; or a whole nextLink. */
  readonly path: string;
  readonly meaning: Meaning;
  readonly body?: unknown;
  readonly options: ReadOptions;
  readonly landed?: NonNullable<WriteOptions['landed']>;
}

/** One try, seen from here. */
export type Answer =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly headers: Pick<Headers, 'get'>;
      /** Parsed JSON, or undefined where there was none. */
      readonly body: unknown;
      /** The body broke off or was no JSON. */
      readonly broken: boolean;
    }
  | {
      readonly kind: 'lost';
      /** The request never left this machine, so it cannot have had an effect. */
      readonly unsent: boolean;
      readonly timedOut: boolean;
      readonly reason: string;
    };

export function succeeded(call: Call, answer: Answer): answer is Extract<Answer, { kind: 'answered' }> {
  if (answer.kind === 'lost' || answer.status < 200 || answer.status > 299) return false;
  // A write that was accepted has landed, whether or not its answer can be read.
  return call.meaning !== 'read' || !answer.broken;
}
