import type { Kysely } from 'kysely';
import type { CardRow, Schema } from '../../../store/schema.js';

export const decideKind = 'packages.decide';

/** One open card a person and stage: somebody who decides at two stages is asked twice. */
export function decidePurpose(requestId: string, person: string, stage: number): string {
  return stage === 0
    ? `${decideKind}:${requestId}:${person}`
    : `${decideKind}:${requestId}:${person}:${stage}`;
}

/** Which stage a card was made for, counted from 0. */
export function cardStage({ purpose }: Pick<CardRow, 'purpose'>): number {
  return Number(/:(\d{1,3})$/.exec(purpose.replace(/^[^:]+:[^:]+:[^:]+/, ''))?.[1] ?? 0);
}

/** An earlier card asked the same of the same person, and made way for this one. */
export async function asksAgain(db: Kysely<Schema>, ref: string): Promise<boolean> {
  const earlier = await db
    .selectFrom('cards')
    .innerJoin('cards as earlier', (join) =>
      join
        .onRef('earlier.item', '=', 'cards.item')
        .onRef('earlier.purpose', '=', 'cards.purpose')
        .onRef('earlier.created_at', '<', 'cards.created_at'),
    )
    .select('earlier.ref')
    .where('cards.ref', '=', ref)
    .executeTakeFirst();
  return earlier !== undefined;
}

/** Cards live longer than any stage: Entra denies a request by itself before. */
export const decideLivesDays = 60;
