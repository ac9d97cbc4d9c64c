import type { Outcome } from '../../flow.js';
import type { Turn } from '../../turn.js';
import { heldCard } from '../cards/held-card.js';
import { packagesError } from '../errors.js';
import { extrasOf, readMine } from './read-mine.js';

/** One of the packages this person holds, with the ways into what it opens. */
export async function showHeld(turn: Turn, assignment: string): Promise<Outcome> {
  const mine = await readMine(turn);
  const held = mine.held.find(({ id }) => id === assignment.toLowerCase());
  if (held === undefined) throw packagesError('packages.not-held');
  const extras = (await extrasOf(turn, mine, [held]))(held);
  return { kind: 'card', card: heldCard(turn.services, held, 'holds', extras) };
}
