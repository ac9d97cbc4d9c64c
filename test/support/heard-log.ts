import type { Log } from '../../src/base/log.js';

export interface HeardLog extends Log {
  readonly warnings: readonly string[];
  readonly errors: readonly string[];
}

/** Keeps the sentences, so that a test can tell what an operator would have read. */
export function heardLog(): HeardLog {
  const warnings: string[] = [];
  const errors: string[] = [];
  return {
    warnings,
    errors,
    debug: () => undefined,
    info: () => undefined,
    warn: (_, message) => void warnings.push(message),
    error: (_, message) => void errors.push(message),
  };
}
