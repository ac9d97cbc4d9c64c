import type { Actor } from '../identity/actor.js';

export interface ReadOptions {
  readonly version?: 'v1.0' | 'beta';
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface WriteOptions extends ReadOptions {
  /**
   * Asked when the answer to a POST or PATCH was lost: has it landed after all? If so the call resolves with
   * undefined. Without it a write whose fate is unknown is not sent again, and fails with `graph.fate-unknown`.
   */
  readonly landed?: () => Promise<boolean>;
  /** The POST only reads (an action such as getApplicablePolicyRequirements): repeat it like a GET. */
  readonly readsOnly?: boolean;
}

export interface BatchRequest {
  readonly id: string;
  readonly method: 'GET' | 'PATCH' | 'POST';
  readonly path: string;
  readonly body?: unknown;
  /** As in WriteOptions, for this request alone. */
  readonly landed?: () => Promise<boolean>;
  readonly readsOnly?: boolean;
}

export interface BatchOptions extends ReadOptions {
  /**
   * Asked before parts that were turned away are sent again, some seconds later: the world may have moved on. A part
   * that is not among those given back ends with `graph.conflict`.
   */
  readonly stillWanted?: (ids: readonly string[]) => Promise<ReadonlySet<string>>;
}

export type BatchAnswer<T> =
  | { readonly kind: 'ok'; readonly id: string; readonly status: number; readonly body: T }
  | { readonly kind: 'failed'; readonly id: string; readonly error: Error };

/** What the bot itself holds: it can look, and has no method with which it could change anything. */
export interface GraphReader {
  get<T>(path: string, options?: ReadOptions): Promise<T>;
  /** Follows nextLink to the end, page by page; a link that repeats ends it with an error. */
  pages<T>(path: string, options?: ReadOptions): AsyncIterable<readonly T[]>;
  /** Any number of GETs, twenty to a request; an item that fails or is throttled does not touch the others. */
  getMany<T>(
    paths: ReadonlyMap<string, string>,
    options?: ReadOptions,
  ): Promise<ReadonlyMap<string, BatchAnswer<T>>>;
}

/** Graph with one person's own token: the only thing in the house that can write to Entra. */
export interface GraphAs extends GraphReader {
  readonly actor: Actor;
  /** Undefined: an empty answer, or one that was lost while `landed` found the effect. */
  post<T>(path: string, body: unknown, options?: WriteOptions): Promise<T | undefined>;
  patch(path: string, body: unknown, options?: WriteOptions): Promise<void>;
  put(path: string, body: unknown, options?: WriteOptions): Promise<void>;
  delete(path: string, options?: WriteOptions): Promise<void>;
  batch<T>(requests: readonly BatchRequest[], options?: BatchOptions): Promise<readonly BatchAnswer<T>[]>;
}
