import type { CardRow } from '../../../store/schema.js';

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

/** Cards live longer than any stage: Entra denies a request by itself before. */
export const decideLivesDays = 60;
