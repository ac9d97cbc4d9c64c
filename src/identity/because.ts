/**
 * The cause of an AppError: one line of our own making, which the log shows as `code`. A library's error is never
 * kept as a cause, because it holds requests and answers with tokens in them.
 */
export function because(reason: string): Error {
  return Object.assign(new Error(reason), { code: reason });
}

/** What may be said about an error that is not ours: its class and the system's code, never its message. */
export function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const { cause } = error;
  const code = codeOf(error) ?? codeOf(cause);
  return code === undefined ? error.name : `${error.name} ${code}`;
}

/** Codes such as ENOENT or ECONNRESET; anything that does not look like one is left out. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' && /^[A-Z][A-Z0-9_]{2,40}$/.test(error.code) ? error.code : undefined;
}
