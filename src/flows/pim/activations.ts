import { z } from 'zod/v4';
import { record } from '../../audit/record.js';
import type { Json } from '../../base/json.js';
import type { Target } from '../../graph/pim/activating.js';
import { enqueue } from '../../jobs/enqueue.js';
import type { ActivationRow, CardRow } from '../../store/schema.js';
import type { Tx } from '../../store/store.js';
import type { HouseServices } from '../turn.js';
import type { Named } from './target.js';

/** What was asked for, in the words it was asked with: Entra shows them only to the people concerned. */
const about = z.object({
  name: z.string(),
  scopeName: z.string(),
  /** What it lets somebody do, in the words of the directory. */
  does: z.string(),
  personName: z.string(),
  reason: z.string(),
  system: z.string(),
  number: z.string(),
  /** Length of the window; 0: not told. */
  minutes: z.number(),
  /** Of the eligibility. */
  scheduleId: z.string(),
  /** Who may decide it, where the bot cannot read that for itself (Azure): object ids. */
  approvers: z.array(z.string()),
  /** Somebody has to approve it before it begins. */
  approval: z.boolean(),
  /** Where it is decided; empty: under the id of the request. */
  approvalId: z.string(),
  /** What Entra made of it, to know it from the next one of the same role; empty: not told. */
  schedule: z.string(),
  /** How it ended: `time`, `self`, `other`, or empty. */
  endedBy: z.enum(['time', 'self', 'other', '']),
});

export type About = z.infer<typeof about>;

const verdict = z.object({ byId: z.string(), byName: z.string(), at: z.string(), comment: z.string() });

/** Who decided it and with which words. */
export type Verdict = z.infer<typeof verdict>;

export const nobody: Verdict = { byId: '', byName: '', at: '', comment: '' };

/** An activation as it was when somebody pressed a button on it: what the record keeps, and what their card is made from. */
export const snapshot = z.object({
  id: z.string(),
  kind: z.enum(['role', 'group', 'azure']),
  target: z.string(),
  scope: z.string(),
  person: z.string(),
  about: z.string(),
  state: z.enum([
    'asked',
    'scheduled',
    'active',
    'ready',
    'ended',
    'denied',
    'cancelled',
    'expired',
    'failed',
  ]),
  verdict: z.string(),
  emergency: z.union([z.literal(0), z.literal(1)]),
  asked_at: z.number(),
  starts_at: z.number(),
  ends_at: z.number(),
  look_back: z.enum(['', 'due', 'sent', 'closed']),
});

export type Snapshot = z.infer<typeof snapshot>;

export function aboutOf(row: ActivationRow): About {
  return about.parse(JSON.parse(row.about));
}

export function verdictOf(row: ActivationRow): Verdict {
  return row.verdict === '' ? nobody : verdict.parse(JSON.parse(row.verdict));
}

export function targetOf({ kind, target, scope }: Pick<ActivationRow, 'kind' | 'target' | 'scope'>): Target {
  return { kind, id: target, scope };
}

export function namedOf(row: ActivationRow): Named {
  const { name, scopeName, does } = aboutOf(row);
  return { ...targetOf(row), name, scopeName, does };
}

export function itemOf(activationId: string): string {
  return `activation:${activationId}`;
}

export function activationById(services: HouseServices, id: string): Promise<ActivationRow | undefined> {
  return services.store.db.selectFrom('activations').selectAll().where('id', '=', id).executeTakeFirst();
}

/** The activation behind a card of the kinds that belong to one. */
export function activationOf(services: HouseServices, card: CardRow): Promise<ActivationRow | undefined> {
  return activationById(services, card.item.slice('activation:'.length));
}

type State = ActivationRow['state'];

/** What may follow what. Entra has the last word, so whatever waited may turn out to be active; an end is an end. */
const before: Readonly<Record<State, readonly State[]>> = {
  asked: [],
  scheduled: ['asked', 'expired'],
  active: ['asked', 'scheduled', 'expired', 'failed'],
  ready: ['asked', 'scheduled', 'active', 'expired', 'failed'],
  ended: ['asked', 'scheduled', 'active', 'ready'],
  denied: ['asked', 'expired', 'failed'],
  cancelled: ['asked', 'scheduled', 'expired', 'failed'],
  expired: ['asked', 'scheduled'],
  failed: ['asked', 'scheduled'],
};

export function isOver(state: State): boolean {
  return ['ended', 'denied', 'cancelled', 'expired', 'failed'].includes(state);
}

export function isOn(state: State): boolean {
  return state === 'active' || state === 'ready';
}

/**
 * A request the bot did not know yet; who comes second changes nothing. True: it is new. Whoever meets an emergency use
 * first raises the alarm with it, because nobody after them will.
 */
export async function addActivation(tx: Tx, services: HouseServices, row: ActivationRow): Promise<boolean> {
  const added = await tx
    .insertInto('activations')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (added === undefined) return false;
  await followSoon(tx, services, row.id);
  if (row.emergency === 1 && (await isNews(tx, row))) await alarmSoon(tx, services, row.id);
  return true;
}

/** When the bot first read the log. */
export const beganMark = 'pim.began';

/** Nobody is told of what was over before the bot came. */
async function isNews(tx: Tx, { state, asked_at }: ActivationRow): Promise<boolean> {
  if (!isOver(state)) return true;
  const began = await tx.selectFrom('marks').select('at').where('name', '=', beganMark).executeTakeFirst();
  return began !== undefined && asked_at >= began.at;
}

export interface News {
  readonly state?: State;
  readonly verdict?: Verdict;
  readonly startsAt?: number;
  readonly endsAt?: number;
  readonly about?: Partial<About>;
  readonly lookBack?: ActivationRow['look_back'];
  /** Where it is, told by whoever sees it. */
  readonly scope?: string;
}

/**
 * Takes in what was seen of an activation, and lets its cards follow. Old news, and news that cannot come after what is
 * known, change nothing: several instances and an audit log that arrives out of order may tell the same story twice.
 */
export async function learn(
  tx: Tx,
  services: HouseServices,
  row: ActivationRow,
  news: News,
  seen?: Json,
): Promise<boolean> {
  const state = news.state ?? row.state;
  if (state !== row.state && !before[state].includes(row.state)) return false;
  const { verdict, startsAt, endsAt, about: told, lookBack, scope } = news;
  const next = {
    state,
    ...(verdict === undefined ? {} : { verdict: JSON.stringify(verdict) }),
    ...(startsAt === undefined ? {} : { starts_at: startsAt }),
    ...(endsAt === undefined ? {} : { ends_at: endsAt }),
    ...(told === undefined ? {} : { about: JSON.stringify({ ...aboutOf(row), ...told }) }),
    ...(lookBack === undefined ? {} : { look_back: lookBack }),
    ...(scope === undefined ? {} : { scope }),
  };
  if (Object.entries(next).every(([name, value]) => Reflect.get(row, name) === value)) return false;
  const changed = await tx
    .updateTable('activations')
    .set(next)
    .where('id', '=', row.id)
    .where('state', '=', row.state)
    // Two looks at once would take back each other's words; the one that comes late looks again.
    .where('about', '=', row.about)
    .$if(lookBack !== undefined, (same) => same.where('look_back', '=', row.look_back))
    .executeTakeFirst();
  if (changed.numUpdatedRows !== 1n) return false;
  if (seen !== undefined && state !== row.state) {
    await record(tx, services.clock, {
      kind: 'item.changed',
      actor: 'latchkey',
      item: itemOf(row.id),
      reference: '',
      data: { from: row.state, to: state, seen },
    });
  }
  await followSoon(tx, services, row.id);
  return true;
}

/** The same for whoever knows only which one it is, such as an effect that is settled later. */
export async function learnOf(
  tx: Tx,
  services: HouseServices,
  id: string,
  newsOf: (row: ActivationRow) => News,
  seen?: Json,
): Promise<void> {
  // A look of another instance may come in between; what an effect has read back must not be lost to it.
  for (let tries = 0; tries < 3; tries += 1) {
    const row = await tx.selectFrom('activations').selectAll().where('id', '=', id).executeTakeFirst();
    if (row === undefined || (await learn(tx, services, row, newsOf(row), seen))) return;
  }
}

/** Its cards are made anew, and what happens next is waited for. */
export function followSoon(tx: Tx, { clock }: HouseServices, id: string): Promise<void> {
  return enqueue(tx, clock, { kind: 'pim.follow', key: `pim.follow:${id}`, payload: { activation: id } });
}

/** Tells people of an emergency use. */
function alarmSoon(tx: Tx, { clock }: HouseServices, id: string): Promise<void> {
  return enqueue(tx, clock, { kind: 'pim.alarm', key: `pim.alarm:${id}`, payload: { activation: id } });
}
