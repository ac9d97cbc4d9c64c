import { minute } from '../../../base/clock.js';
import type { Holding } from '../../../graph/pim/activating.js';
import { activatingOf, effective } from '../../../graph/pim/kinds.js';
import type { ActivationRow } from '../../../store/schema.js';
import type { HouseServices } from '../../turn.js';
import { aboutOf, activationById, isOn, isOver, learn, type News, targetOf } from '../activations.js';
import { decideWithin } from '../cards/status-card.js';

/** Looks at an activation with the bot's own eyes, and keeps what it sees. Gives the row as it is afterwards. */
export async function observe(services: HouseServices, row: ActivationRow): Promise<ActivationRow> {
  if (isOver(row.state)) return row;
  const news = await newsOf(services, row);
  if (news === undefined) return row;
  const { state, startsAt = 0, endsAt = 0 } = news;
  await services.store.write((tx) =>
    learn(tx, services, row, news, { state: state ?? row.state, startsAt, endsAt }),
  );
  return (await activationById(services, row.id)) ?? row;
}

async function newsOf(services: HouseServices, row: ActivationRow): Promise<News | undefined> {
  const now = services.clock.now().getTime();
  if (isOn(row.state) && row.ends_at > 0 && now >= row.ends_at)
    return { state: 'ended', about: { endedBy: 'time' } };
  const reader = services.graph.reader(services.ids.guid());
  const seen = await activatingOf(row.kind).seen(reader, { ...targetOf(row), principalId: row.person });
  // Azure shows nothing to the bot: what it knows, it has from the people concerned and from the log.
  if (seen === undefined) return waitedTooLong(row, now);
  const holding = seen.find((each) => isOf(row, each));
  if (holding === undefined) return missing(row, now);
  const startsAt = Date.parse(holding.startsAt ?? '') || row.starts_at;
  const endsAt = Date.parse(holding.endsAt ?? '') || row.ends_at;
  if (startsAt > now) return { state: 'scheduled', startsAt, endsAt };
  if (row.state === 'ready') return { startsAt, endsAt };
  const works = await effective(reader, { target: targetOf(row), principalId: row.person });
  return { state: works ? 'ready' : 'active', startsAt, endsAt };
}

/** Entra shows it a moment after it began; missing for longer, it was ended. By whom, the log tells later. */
function missing(row: ActivationRow, now: number): News | undefined {
  if (!isOn(row.state)) return waitedTooLong(row, now);
  return now > row.starts_at + minute ? { state: 'ended', endsAt: now } : undefined;
}

function waitedTooLong(row: ActivationRow, now: number): News | undefined {
  const late = row.state === 'asked' && aboutOf(row).approval && now > row.asked_at + decideWithin;
  return late ? { state: 'expired' } : undefined;
}

/** Of several of the same person and role, the one that this request made. */
function isOf(row: ActivationRow, holding: Holding): boolean {
  if (!holding.activated || holding.id.toLowerCase() !== row.target.toLowerCase()) return false;
  const { schedule } = aboutOf(row);
  if (schedule !== '' && holding.scheduleId !== '') return schedule === holding.scheduleId;
  const startsAt = Date.parse(holding.startsAt ?? '') || 0;
  // A request out of the log names no schedule: then what it made began where it says, or after it was asked.
  return isOn(row.state) ? Math.abs(startsAt - row.starts_at) < 2 * minute : startsAt > row.asked_at - minute;
}
