import { pino } from 'pino';

export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Belt and braces: nobody logs these on purpose, and an error object that carries one still does not print it. */
const hidden = [
  'authorization',
  'token',
  'assertion',
  'password',
  'secret',
  'code_verifier',
  'temporaryAccessPass',
  'text',
  'body',
];

export function createLog(options: { readonly level: string }): Log {
  return pino({
    level: options.level,
    base: null,
    redact: { paths: hidden.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '…' },
    serializers: { error: describeError },
  });
}

/** Class, code and the chain of causes; never a cause's properties, where libraries keep requests and headers. */
export function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { name: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return {
    name: error.name,
    ...(code === undefined ? {} : { code }),
    stack: error.stack?.split('\n').slice(1, 6).join('\n'),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}
