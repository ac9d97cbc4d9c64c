import type { Case } from '../cases.js';

const kinds = new Set<Case['kind']>(['stolen', 'lost', 'key-lost', 'not-me']);

/** Somebody else may hold what still signs in: sessions have to end before the case does. */
export function inWrongHands({ kind }: Pick<Case, 'kind'>): boolean {
  return kinds.has(kind);
}
