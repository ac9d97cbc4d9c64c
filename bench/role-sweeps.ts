import path from 'node:path';
import { z } from 'zod/v4';
import { makeSigningKeys, type SigningKeys } from '../practice/sign-in/keys.js';
import { hour, second } from '../src/base/clock.js';
import { follow } from '../src/flows/pim/follow/follow.js';
import { sweepOnce } from '../src/flows/pim/follow/sweep.js';
import { enqueue } from '../src/jobs/enqueue.js';
import { type Cost, costIn, costText, less } from './graph-cost.js';
import { type House, openHouse } from './house.js';
import { type Section, short } from './page.js';
import { type RoleWorld, writeRoleWorld } from './role-world.js';

/** Between two sweeps. */
const pause = 20 * second;

const worlds: readonly RoleWorld[] = [
  { over: 0, waiting: 0 },
  { over: 100, waiting: 0 },
  { over: 1_000, waiting: 0 },
  { over: 1_000, waiting: 100 },
];

/** What the bot asks of Graph to know of roles that were asked for elsewhere, counted where it arrives. */
export async function roleSweeps(data: string): Promise<Section> {
  const keys = await makeSigningKeys();
  const rows: (readonly string[])[] = [];
  for (const [index, world] of worlds.entries()) {
    rows.push(await rowOf(path.join(data, `${index}`), keys, world));
  }
  return {
    title: 'Roles: a sweep',
    text: `Calls that Graph counts, and in brackets the requests they travel in. A sweep reads the audit log, every 20 s; the first one reads
all of it, and everybody who may decide gets a card. What waits for a decision is looked at for itself, at last every 40 s. The last
two columns come on top of a quiet sweep: somebody asks in the portal; somebody decides there.`,
    head: ['', 'first look', 'quiet', 'a look at what waits', 'asked elsewhere', 'decided elsewhere'],
    rows,
  };
}

async function rowOf(folder: string, keys: SigningKeys, world: RoleWorld): Promise<readonly string[]> {
  writeRoleWorld(folder, world);
  const house = await openHouse(folder, keys);
  try {
    const costs = await measure(house);
    const { over, waiting } = world;
    const name = over + waiting === 0 ? 'nothing' : `${short(over)} over, ${short(waiting)} waiting`;
    return [name, ...costs.map((cost, index) => `${index > 2 ? '+' : ''}${costText(cost)}`)];
  } finally {
    await house.close();
  }
}

function wishOf(person: string, target: string): object {
  return { person, target, minutes: 60, reason: 'The nightly index of the archive is stuck' };
}

async function measure(house: House): Promise<readonly Cost[]> {
  const { services, control, advance } = house;
  await control.post('pim/eligible', { person: 'finance', target: 'platform-admins', eligible: true });
  const sweep = () => sweepOnce(services);
  const sweepAndFollow = async (): Promise<void> => {
    await sweep();
    await look(house, 'news');
  };
  const first = await costIn(control, sweepAndFollow);
  // What was read is read again for half an hour.
  await advance(hour);
  await sweep();
  await advance(pause);
  const quiet = await costIn(control, sweep);
  const looked = await costIn(control, () => look(house, 'all'));
  await advance(pause);
  await control.post('pim/request', wishOf('finance', 'platform-admins'));
  await advance(pause);
  const asked = await costIn(control, sweepAndFollow);
  await advance(pause);
  const quietAgain = await costIn(control, sweep);
  await approveElsewhere(house);
  await advance(pause);
  const decided = await costIn(control, sweepAndFollow);
  return [first, quiet, looked, less(asked, quiet), less(decided, quietAgain)];
}

const requests = z.object({
  requests: z.array(z.object({ id: z.string(), step: z.object({ id: z.string() }).nullable() })),
});

/** The newest request, in the portal. */
async function approveElsewhere({ control, inPortal }: House): Promise<void> {
  const { requests: all } = requests.parse(await control.get('pim'));
  const [{ id, step } = { id: '', step: null }] = all;
  const path = `/identityGovernance/privilegedAccess/group/assignmentApprovals/${id}/stages/${step?.id}`;
  const decision = { reviewResult: 'Approve', justification: 'Go ahead' };
  await inPortal('manager', 'PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup', path, decision);
}

/** One look, as the job loop would, at each that is followed; or only at those of which there is news. */
async function look({ services }: House, which: 'all' | 'news'): Promise<void> {
  const { store, clock } = services;
  const jobs = await store.db.selectFrom('jobs').selectAll().where('kind', '=', 'pim.follow').execute();
  for (const { id, kind, key, payload: text } of jobs) {
    // What was queued by a look counts the looks.
    if (which === 'news' && text.includes('"looks"')) continue;
    await store.write((tx) => tx.deleteFrom('jobs').where('id', '=', id).execute());
    const payload = JSON.parse(text);
    const result = await follow(services)({ id, kind, payload, attempt: 1 });
    if (result.kind !== 'again') continue;
    const next = { kind, key: key ?? '', payload: result.payload ?? payload, runAt: result.at };
    await store.write((tx) => enqueue(tx, clock, next));
  }
}
