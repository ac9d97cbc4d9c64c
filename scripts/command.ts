import { isAppError } from '../src/base/errors.js';

/** What is said in one sentence, without a stack: the caller can put it right. */
export class Mistake extends Error {}

interface Command {
  /** Answers the exit code. */
  readonly main: (args: readonly string[]) => Promise<number>;
  readonly usage: string;
  /** Words of its own for an error. */
  readonly explain?: (error: unknown) => string | undefined;
}

/** A command line from its arguments to its exit code, which is 2 when something is in the way. */
export async function runCommand({ main, usage, explain }: Command): Promise<void> {
  // Whoever reads the output through a pipe may have seen enough, such as `head -1`.
  process.stdout.on('error', () => process.exit(0));
  try {
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    console.error(mistakeIn(error, usage) ?? explain?.(error) ?? sentenceOf(error));
    process.exitCode = 2;
  }
}

function mistakeIn(error: unknown, usage: string): string | undefined {
  if (error instanceof Mistake) return error.message;
  if (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) {
    return `${error.message}\n\n${usage}`;
  }
  return undefined;
}

function sentenceOf(error: unknown): string {
  if (isAppError(error))
    return `${error.says} (${error.code}) \`npm run doctor\` says whether a permission is missing.`;
  return error instanceof Error ? error.message : String(error);
}
