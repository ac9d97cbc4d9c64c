import { z } from 'zod/v4';
import type { DecisionInfo } from '../../graph/access-review.js';
import type { PacketRow } from '../../store/schema.js';
import { timeOf } from './sweep/time-of.js';

const shape = z.array(z.tuple([z.string(), z.string()]));

/** Ids of the items on the picture a reader has, and how each stood. */
export type Shown = z.infer<typeof shape>;

export function shownOf({ shown }: Pick<PacketRow, 'shown'>): Shown {
  return shape.parse(JSON.parse(shown));
}

export function shownIds(packet: Pick<PacketRow, 'shown'>): readonly string[] {
  return shownOf(packet).map(([id]) => id);
}

export function shownText(items: readonly DecisionInfo[]): string {
  return textOf(items.map((item) => [item.id, standingOf(item)]));
}

/** One that was decided a moment ago: only what an undo needs. */
export function shownOnly(id: string): string {
  return textOf([[id, '']]);
}

/** The same items as they stand now. */
export function shownNow(packet: Pick<PacketRow, 'shown'>, now: ReadonlyMap<string, DecisionInfo>): string {
  return textOf(
    shownOf(packet).map(([id, standing]) => {
      const item = now.get(id);
      return [id, item === undefined ? standing : standingOf(item)];
    }),
  );
}

/** Whose word it is, and since when. Entra writes the same moment with more digits or fewer. */
export function standingOf({ decision, reviewedBy, reviewedAt }: DecisionInfo): string {
  return [decision, reviewedBy?.id ?? '', timeOf(reviewedAt, 0)].join('|');
}

export function isDecided(standing: string): boolean {
  return standing !== '' && !standing.startsWith('NotReviewed|');
}

function textOf(shown: Shown): string {
  return JSON.stringify(shown);
}
