import { isNotFound } from '../../../graph/errors.js';
import type { GraphReader } from '../../../graph/graph.js';
import { type Pass, passesOf } from '../../../graph/recovery/recovery.js';
import { clocksDiffer } from '../clocks-differ.js';
import { isOver } from './rules.js';

/** Every pass that opens the account, or will, also one that this case knows nothing of. Whoever is gone has none. */
export async function livePasses(graph: GraphReader, subject: string, since = 0): Promise<readonly Pass[]> {
  try {
    const passes = await passesOf(graph, subject);
    return passes.filter(
      ({ usable, why, createdAt }) =>
        (usable || !isOver(why)) && !(Date.parse(createdAt) < since - clocksDiffer),
    );
  } catch (error) {
    if (isNotFound(error)) return [];
    throw error;
  }
}
