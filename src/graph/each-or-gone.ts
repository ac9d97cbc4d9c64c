import { isAppError } from '../base/errors.js';
import { isNotFound } from './errors.js';
import type { BatchAnswer, GraphReader } from './graph.js';

/** One thing a key, twenty to a request. `gone`: Entra does not know it any more. Whichever cannot be read is left out. */
export async function eachOrGone<Wanted>(
  reader: GraphReader,
  paths: ReadonlyMap<string, string>,
  parse: (body: unknown) => Wanted,
): Promise<ReadonlyMap<string, Wanted | 'gone'>> {
  const answers = await reader.getMany<unknown>(paths);
  return new Map(
    [...answers].flatMap(([key, answer]) => {
      const one = oneOf(answer, parse);
      return one === undefined ? [] : [[key, one] as const];
    }),
  );
}

function oneOf<Wanted>(
  answer: BatchAnswer<unknown>,
  parse: (body: unknown) => Wanted,
): Wanted | 'gone' | undefined {
  if (answer.kind === 'failed') return isNotFound(answer.error) ? 'gone' : undefined;
  try {
    return parse(answer.body);
  } catch (error) {
    if (isAppError(error)) return undefined;
    throw error;
  }
}
