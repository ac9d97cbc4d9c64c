import { because } from '../../identity/because.js';
import { graphError } from '../errors.js';
import type { GraphReader } from '../graph.js';
import { listFrom } from '../list-from.js';

/** One collection a key, twenty to a request. Fails when any of them cannot be read: none must pass for empty. */
export async function everyList<Wanted>(
  reader: GraphReader,
  paths: ReadonlyMap<string, string>,
  parse: (item: unknown) => Wanted,
): Promise<ReadonlyMap<string, readonly Wanted[]>> {
  const answers = await reader.getMany<unknown>(paths);
  const lists = [...paths].map(async ([key, path]) => {
    const answer = answers.get(key);
    if (answer?.kind === 'failed') throw answer.error;
    const found = await listFrom(reader, path, answer, parse);
    if (found === undefined) throw graphError('graph.broken-answer', because('a list could not be read'));
    return [key, found] as const;
  });
  return new Map(await Promise.all(lists));
}
