import type { PlanRow, QualityRow } from './read.js';

export function qualityText(rows: readonly QualityRow[]): string {
  return rows.length === 0 ? 'No review has begun yet.' : rows.map(qualityBlock).join('\n\n');
}

function qualityBlock(row: QualityRow): string {
  const decided = row.total - row.undecided;
  const head = `${row.review} (${row.status}, until ${row.endsAt.slice(0, 10)})`;
  if (decided === 0) return `${head}\n  decided    none of ${row.total}`;
  return [
    head,
    `  decided    ${decided} of ${row.total}: ${row.kept} kept, ${row.removed} removed, ${row.unsure} not sure`,
    `  kept       ${percent(row.keptShare)} of those decided, ${row.against} of them against the recommendation`,
    `  pace       ${pace(row.seconds)}`,
    ...row.reviewers.map(
      (each) =>
        `  - ${each.name}: ${each.decided} decided, ${percent(each.keptShare)} kept, ${pace(each.seconds)}` +
        (each.hasty ? ' - kept everybody in seconds' : ''),
    ),
    ...row.reasons.map(({ by, decision, about, reason }) => `  "${reason}" (${by}: ${decision} ${about})`),
  ].join('\n');
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function pace(seconds: number | undefined): string {
  return seconds === undefined ? 'too few decisions to tell the pace' : `${Math.round(seconds)} s a decision`;
}

export function planText(rows: readonly PlanRow[]): string {
  const lacking = rows.filter(({ enough }) => !enough);
  const fine = rows.length - lacking.length;
  return [
    lacking.length === 0 ? 'Every group is reviewed as often as its tier asks.' : 'Reviewed too seldom:',
    ...lacking.map(
      ({ group, name, tier, deserves, has, owners }) =>
        `- ${name === '' ? `${group} (unknown to Entra)` : name}: ${tier}, deserves ${deserves}, has ${has || 'none'}` +
        (name !== '' && owners.length === 0 ? ', and has no owner' : ''),
    ),
    `In order: ${fine} of ${rows.length}.`,
  ].join('\n');
}
