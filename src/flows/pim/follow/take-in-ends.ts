import { minute } from '../../../base/clock.js';
import type { AuditRow } from '../../../graph/directory-audits.js';
import type { ActivationRow } from '../../../store/schema.js';
import type { HouseServices } from '../../turn.js';
import { aboutOf, followSoon, learn } from '../activations.js';
import { endsIn, type HeardEnd } from './audit-rows.js';
import { holdingOf } from './observe.js';

/**
 * What the log tells of ends. It names only whose role it was: where one activation fits, that is it; where several do,
 * each is looked at.
 */
export async function takeInEnds(
  services: HouseServices,
  rows: readonly AuditRow[],
  from: number,
): Promise<void> {
  const ends = endsIn(rows);
  if (ends.length === 0) return;
  const used = await services.store.db
    .selectFrom('activations')
    .selectAll()
    .where('state', 'in', ['active', 'ready', 'ended'])
    .where((row) => row.or([row('ends_at', '>', from), row('ends_at', '=', 0)]))
    .execute();
  for (const end of ends) {
    const meant = used.filter((row) => isEndOf(row, end));
    for (const row of meant) await takeIn(services, row, end, meant.length === 1);
  }
  services.wake();
}

async function takeIn(
  services: HouseServices,
  row: ActivationRow,
  end: HeardEnd,
  sure: boolean,
): Promise<void> {
  const about = { endedBy: end.by };
  if (row.state === 'ended') {
    if (!sure || aboutOf(row).endedBy !== '') return;
    await services.store.write((tx) => learn(tx, services, row, { about }));
    return;
  }
  if (!sure) {
    await services.store.write((tx) => followSoon(tx, services, row.id));
    return;
  }
  // The lists lag as the log does: only where both say the same it is over. In Azure the log has the only word.
  const holding = await holdingOf(services.graph.reader(services.ids.guid()), row);
  if (holding !== undefined && holding !== 'unseen') return;
  const news = { state: 'ended', endsAt: end.at, about } as const;
  await services.store.write((tx) => learn(tx, services, row, news, { state: 'ended', log: true }));
}

export function isEndOf(row: ActivationRow, { kind, personId, targetId, access, at }: HeardEnd): boolean {
  if (row.kind !== kind || row.person !== personId || at <= Math.max(row.starts_at, row.asked_at))
    return false;
  if ((row.target.split('/').at(-1) ?? '') !== targetId) return false;
  if (access !== '' && row.scope !== access) return false;
  return row.state !== 'ended' || Math.abs(at - row.ends_at) < 5 * minute;
}
