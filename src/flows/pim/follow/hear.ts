import type { ActivationRow } from '../../../store/schema.js';
import type { HouseServices } from '../../turn.js';
import { type About, aboutOf, addActivation, isOn, isOver, learn, type News } from '../activations.js';
import { whatItDoes } from '../does.js';
import { decideWithin, doubtFor } from '../limits.js';
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
  const now = services.clock.now().getTime();
  // Of a role the log does not say where; whoever sees it, does.
  const target = { kind: heard.kind, id: heard.targetId, scope: heard.access };
  const emergency = isForEmergencies(services.policy, target);
  // In Azure nobody could be asked for it without the place: its people find it by asking for what waits for them.
  if (heard.kind === 'azure' && !emergency) return false;
  const state = stateNow(heard, now);
  const began = isOn(state) || state === 'ended' ? heard.startsAt || heard.at : heard.startsAt;
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
    starts_at: began,
    ends_at: heard.endsAt,
    // Nobody is asked about what was over before the bot came.
    look_back: first && isOver(state) ? 'closed' : '',
  };
  return services.store.write((tx) => addActivation(tx, services, row));
}

/** The log may be older than what it tells of. */
function stateNow({ state, at, endsAt, approval }: Heard, now: number): ActivationRow['state'] {
  if (state === 'active' || state === 'scheduled') return endsAt > 0 && endsAt <= now ? 'ended' : state;
  if (state !== 'asked' || now < at + decideWithin + doubtFor) return state;
  return approval ? 'expired' : 'failed';
}

async function aboutFrom(services: HouseServices, heard: Heard, over: boolean): Promise<About> {
  return {
    name: heard.name,
    scopeName: '',
    does: over ? '' : await doesOr(services, heard),
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

/** A nicety: the request must be known also where this cannot be read. */
async function doesOr(services: HouseServices, { kind, targetId: id }: Heard): Promise<string> {
  try {
    return await whatItDoes(services.graph.reader(services.ids.guid()), { kind, id, scope: '' });
  } catch (error) {
    services.log.warn({ error, role: id }, 'what a role lets people do could not be read');
    return '';
  }
}

function minutesOf({ startsAt, endsAt }: Heard): number {
  return startsAt > 0 && endsAt > startsAt ? Math.round((endsAt - startsAt) / 60_000) : 0;
}

function update(services: HouseServices, row: ActivationRow, heard: Heard): Promise<boolean> {
  const news = newsOf(row, heard);
  if (news === undefined) return Promise.resolve(false);
  return services.store.write((tx) => learn(tx, services, row, news, { state: heard.state, log: true }));
}

/** The log is late: of what runs or has ended, our own look knows more. What we only supposed, it knows better. */
function newsOf(row: ActivationRow, heard: Heard): News | undefined {
  const verdict = row.verdict === '' && heard.verdict.at !== '' ? { verdict: heard.verdict } : {};
  const about = aboutOf(row).approval || !heard.approval ? {} : { about: { approval: true } };
  const later =
    heard.state !== 'asked' && heard.state !== row.state && !isOn(row.state) && row.state !== 'ended';
  const state = later ? { state: heard.state } : {};
  const all = { ...verdict, ...about, ...state };
  return Object.keys(all).length === 0 ? undefined : all;
}
