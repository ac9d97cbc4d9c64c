import { day } from '../../../base/clock.js';
import type { ActivationRow } from '../../../store/schema.js';
import type { HouseServices } from '../../turn.js';
import { type About, aboutOf, addActivation, isOn, isOver, learn, type News } from '../activations.js';
import { raiseAlarm } from '../alarm/alarm.js';
import { decideWithin } from '../cards/status-card.js';
import { whatItDoes } from '../does.js';
import { isForEmergencies } from '../target.js';
import type { Heard } from './audit-rows.js';

/** Takes in what the log tells. The same lines are read many times; only news changes anything. */
export async function hear(
  services: HouseServices,
  heard: readonly Heard[],
  { first }: { readonly first: boolean },
): Promise<number> {
  const known = await knownAmong(services, heard);
  let news = 0;
  for (const each of heard) {
    const row = known.get(each.requestId);
    try {
      if (await (row === undefined ? meet(services, each, first) : update(services, row, each))) news += 1;
    } catch (error) {
      // What is odd about one request must not hide the others.
      services.log.warn({ error, activation: each.requestId }, 'a line of the audit log could not be used');
    }
  }
  return news;
}

async function knownAmong(
  { store }: HouseServices,
  heard: readonly Heard[],
): Promise<ReadonlyMap<string, ActivationRow>> {
  const found = new Map<string, ActivationRow>();
  const ids = heard.map(({ requestId }) => requestId);
  for (let start = 0; start < ids.length; start += 500) {
    const some = ids.slice(start, start + 500);
    const rows = await store.db.selectFrom('activations').selectAll().where('id', 'in', some).execute();
    for (const row of rows) found.set(row.id, row);
  }
  return found;
}

/** A request that was made elsewhere. What is long over is kept too: it tells how often somebody used a role. */
async function meet(services: HouseServices, heard: Heard, first: boolean): Promise<boolean> {
  // Where an Azure role was asked for the log does not say: its people find it by asking for what waits for them.
  if (heard.kind === 'azure') return false;
  const now = services.clock.now().getTime();
  const target = { kind: heard.kind, id: heard.targetId, scope: heard.access === '' ? '/' : heard.access };
  const emergency = isForEmergencies(services.policy, target);
  const state = stateNow(heard, now);
  const row: ActivationRow = {
    id: heard.requestId,
    kind: heard.kind,
    target: target.id,
    scope: target.scope,
    person: heard.personId,
    about: JSON.stringify(await aboutFrom(services, heard, isOver(state))),
    state,
    verdict: heard.verdict.at === '' ? '' : JSON.stringify(heard.verdict),
    emergency: emergency ? 1 : 0,
    asked_at: heard.at,
    starts_at: isOn(state) || state === 'ended' ? heard.startsAt || heard.at : heard.startsAt,
    ends_at: heard.endsAt,
    // Nobody is asked about what was over before the bot came.
    look_back: '',
  };
  const isNews = emergency && !first && now - heard.at < day;
  return services.store.write(async (tx) => {
    const added = await addActivation(tx, services, row);
    if (added && isNews) await raiseAlarm(tx, services, row.id);
    return added;
  });
}

/** The log may be older than what it tells of. */
function stateNow({ state, at, endsAt }: Heard, now: number): ActivationRow['state'] {
  if (state === 'active' || state === 'scheduled') return endsAt > 0 && endsAt <= now ? 'ended' : state;
  return state === 'asked' && now > at + decideWithin ? 'expired' : state;
}

async function aboutFrom(services: HouseServices, heard: Heard, over: boolean): Promise<About> {
  const reader = services.graph.reader(services.ids.guid());
  return {
    name: heard.name,
    scopeName: '',
    does: over ? '' : await whatItDoes(reader, { kind: heard.kind, id: heard.targetId, scope: '' }),
    personName: heard.personName,
    reason: heard.reason,
    system: heard.system,
    number: heard.number,
    minutes: minutesOf(heard),
    scheduleId: '',
    approvers: [],
    approval: heard.approval,
    approvalId: '',
    schedule: '',
    endedBy: '',
  };
}

function minutesOf({ startsAt, endsAt }: Heard): number {
  return startsAt > 0 && endsAt > startsAt ? Math.round((endsAt - startsAt) / 60_000) : 0;
}

function update(services: HouseServices, row: ActivationRow, heard: Heard): Promise<boolean> {
  const news = newsOf(row, heard);
  if (news === undefined) return Promise.resolve(false);
  return services.store.write((tx) => learn(tx, services, row, news, { state: heard.state, log: true }));
}

/** The log is late: of what runs or has ended, our own look knows more. */
function newsOf(row: ActivationRow, heard: Heard): News | undefined {
  const verdict = row.verdict === '' && heard.verdict.at !== '' ? { verdict: heard.verdict } : {};
  const about = aboutOf(row).approval || !heard.approval ? {} : { about: { approval: true } };
  const later = heard.state !== 'asked' && !isOver(row.state) && !isOn(row.state);
  const state = later ? { state: heard.state } : {};
  const all = { ...verdict, ...about, ...state };
  return Object.keys(all).length === 0 ? undefined : all;
}
