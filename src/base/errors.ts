/** What may be done about an error: nothing, the same again later, or signing in (again). */
export type Retry = 'no' | 'later' | 'sign-in';

export interface ErrorKind {
  readonly retry: Retry;
  /** What happened, in one plain sentence a person can read. */
  readonly says: string;
  /** What to do next. */
  readonly next: string;
}

export type ErrorTable = Readonly<Record<string, ErrorKind>>;

/**
 * The only error our code throws. `cause` is for the log; a person sees `says`, `next` and a short reference,
 * so neither a cause nor a token in it can reach a chat.
 */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: string;
  readonly retry: Retry;
  readonly says: string;
  readonly next: string;
  readonly detail: Readonly<Record<string, string | number>>;

  constructor(code: string, kind: ErrorKind, cause?: unknown, detail: Record<string, string | number> = {}) {
    super(code, cause === undefined ? undefined : { cause });
    this.code = code;
    this.retry = kind.retry;
    this.says = kind.says;
    this.next = kind.next;
    this.detail = detail;
  }
}

/** The same error, carrying the reference of the action it ended: what a person reads out, the log has too. */
export function withReference(error: AppError, reference: string): AppError {
  return new AppError(error.code, error, error, { ...error.detail, reference });
}

/** One table a folder; docs/errors.md lists every code of every table, and a test holds the two together. */
export function errorMaker<const T extends ErrorTable>(table: T) {
  return (code: keyof T & string, cause?: unknown, detail?: Record<string, string | number>): AppError => {
    const kind = table[code];
    if (kind === undefined) throw new TypeError(`No such error code: ${code}`);
    return new AppError(code, kind, cause, detail);
  };
}

export function isAppError(error: unknown): error is AppError {
  return error instanceof AppError;
}
