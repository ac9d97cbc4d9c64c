import { minute } from '../../../base/clock.js';
import type { GraphReader } from '../../../graph/graph.js';
import type { Holding } from '../../../graph/pim/activating.js';
import { activatingOf, effective } from '../../../graph/pim/kinds.js';
import type { ActivationRow } from '../../../store/schema.js';
import type { HouseServices } from '../../turn.js';
import { aboutOf, activationById, isOn, isOver, learn, type News, targetOf } from '../activations.js';
import { decideWithin, doubtFor, missingFor } from '../limits.js';

export interface Observed {
  /** As it is after the look. */
  readonly row: ActivationRow;
  /** Since when Entra's lists are without it, though it was there; 0: they are not. */
  readonly missing: number;
}

/**
 * Looks at an activation with the bot's own eyes, and keeps what it sees. `missing` is what the look before found: only
 * who finds nothing for a while may take it for an end.
 */
export async function observe(services: HouseServices, row: ActivationRow, missing = 0): Promise<Observed> {
  if (isOver(row.state)) return { row, missing: 0 };
  const now = services.clock.now().getTime();
  const holding = await look(services, row, now);
  if (holding === 'nothing' && isOn(row.state)) {
    const since = missing === 0 ? now : missing;
    const over = now - since >= missingFor && now > Math.max(row.asked_at, row.starts_at) + missingFor;
    return over
      ? { row: await keep(services, row, { state: 'ended', endsAt: since }), missing: 0 }
      : { row, missing: since };
  }
  return { row: await keep(services, row, newsOf(row, holding, now)), missing: 0 };
}

async function keep(
  services: HouseServices,
  row: ActivationRow,
  news: News | undefined,
): Promise<ActivationRow> {
  if (news === undefined) return row;
  const { state = row.state, startsAt = 0, endsAt = 0 } = news;
  await services.store.write((tx) => learn(tx, services, row, news, { state, startsAt, endsAt }));
  return (await activationById(services, row.id)) ?? row;
}

interface Seen extends Holding {
  readonly works: boolean;
}

/** Azure shows nothing to the bot: what it knows, it has from the people concerned and from the log. */
async function look(
  services: HouseServices,
  row: ActivationRow,
  now: number,
): Promise<Seen | 'nothing' | 'unseen'> {
  if (isOn(row.state) && row.ends_at > 0 && now >= row.ends_at) return 'unseen';
  const reader = services.graph.reader(services.ids.guid());
  const holding = await holdingOf(reader, row);
  if (holding === undefined || holding === 'unseen') return holding ?? 'nothing';
  const begun = (Date.parse(holding.startsAt ?? '') || row.starts_at) <= now;
  const known = row.state === 'ready' || !begun;
  const works = known || (await effective(reader, { target: holding, principalId: row.person }));
  return { ...holding, works };
}

/** What Entra lists of this activation; undefined: nothing, `unseen`: it cannot be listed. */
export async function holdingOf(
  reader: GraphReader,
  row: ActivationRow,
): Promise<Holding | undefined | 'unseen'> {
  const seen = await activatingOf(row.kind).seen(reader, { ...targetOf(row), principalId: row.person });
  return seen === undefined ? 'unseen' : seen.find((each) => isOf(row, each));
}

function newsOf(row: ActivationRow, seen: Seen | 'nothing' | 'unseen', now: number): News | undefined {
  if (seen === 'nothing' || seen === 'unseen') {
    if (isOn(row.state)) {
      return row.ends_at > 0 && now >= row.ends_at
        ? { state: 'ended', about: { endedBy: 'time' } }
        : undefined;
    }
    return waitedTooLong(row, now);
  }
  const startsAt = Date.parse(seen.startsAt ?? '') || row.starts_at;
  const endsAt = Date.parse(seen.endsAt ?? '') || row.ends_at;
  const { scope } = seen;
  const about = row.scope === scope ? {} : { about: { scopeName: seen.scopeName } };
  if (startsAt > now) return { state: 'scheduled', startsAt, endsAt, scope, ...about };
  return { state: seen.works ? 'ready' : 'active', startsAt, endsAt, scope, ...about };
}

/** Nothing came of it, and nobody told: not said before the log had time to tell it better. */
function waitedTooLong(row: ActivationRow, now: number): News | undefined {
  const { approval } = aboutOf(row);
  const due =
    row.state === 'scheduled' ? row.ends_at || Math.max(row.starts_at, row.asked_at) + decideWithin : 0;
  const until = (due === 0 ? row.asked_at + decideWithin : due) + doubtFor;
  if (now < until) return undefined;
  return { state: row.state === 'asked' && approval ? 'expired' : 'failed' };
}

/** Of several of the same person and role, the one that this request made. */
function isOf(row: ActivationRow, holding: Holding): boolean {
  if (!holding.activated || holding.id.toLowerCase() !== row.target.toLowerCase()) return false;
  // A request out of the log does not say where it is.
  if (row.scope !== '' && holding.scope.toLowerCase() !== row.scope.toLowerCase()) return false;
  const { schedule } = aboutOf(row);
  if (schedule !== '' && holding.scheduleId !== '') return schedule === holding.scheduleId;
  const startsAt = Date.parse(holding.startsAt ?? '') || 0;
  return isOn(row.state) ? Math.abs(startsAt - row.starts_at) < 2 * minute : startsAt > row.asked_at - minute;
}
