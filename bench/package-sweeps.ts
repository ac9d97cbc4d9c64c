import path from 'node:path';
import { z } from 'zod/v4';
import { makeSigningKeys, type SigningKeys } from '../practice/sign-in/keys.js';
import { redTeam } from '../practice/world/packages.js';
import { personByKey } from '../practice/world/people.js';
import { hour, second } from '../src/base/clock.js';
import { follow } from '../src/flows/packages/follow/follow.js';
import { sweep } from '../src/flows/packages/follow/sweep.js';
import { findEnding } from '../src/flows/packages/held/find-ending.js';
import { type Cost, costIn, costText, less } from './graph-cost.js';
import { type House, openHouse } from './house.js';
import { type PackageWorld, writePackageWorld } from './package-world.js';
import { type Section, short } from './page.js';

/** Between two sweeps. */
const pause = 20 * second;

const worlds: readonly PackageWorld[] = [
  { held: 0, waiting: 0 },
  { held: 1_000, waiting: 0 },
  { held: 10_000, waiting: 0 },
  { held: 1_000, waiting: 100 },
];

/** What the bot asks of Graph to know of requests made and decided elsewhere, counted where it arrives. */
export async function packageSweeps(data: string): Promise<Section> {
  const keys = await makeSigningKeys();
  const rows: (readonly string[])[] = [];
  for (const [index, world] of worlds.entries()) {
    rows.push(await rowOf(path.join(data, `${index}`), keys, world));
  }
  return {
    title: 'Packages: a sweep',
    text: `Calls that Graph counts, and in brackets the requests they travel in. A sweep asks for what waits and reads the audit log where there is
something to learn from it, every 20 s; in the first one everybody who may decide gets a card. The next two columns come on top of a
quiet sweep: somebody asks for a package of two stages in the portal; the first stage is decided there. The last one is the look of
each week at all that is held, for what comes to its end.`,
    head: [
      '',
      'first look',
      'quiet',
      'asked elsewhere',
      'a stage decided elsewhere',
      'a day’s look for the end',
    ],
    rows,
  };
}

async function rowOf(folder: string, keys: SigningKeys, world: PackageWorld): Promise<readonly string[]> {
  writePackageWorld(folder, world);
  const house = await openHouse(folder, keys);
  try {
    const costs = await measure(house);
    const { held, waiting } = world;
    const name = held + waiting === 0 ? 'nothing' : `${short(held)} held, ${short(waiting)} waiting`;
    const isMore = (index: number): boolean => index === 2 || index === 3;
    return [name, ...costs.map((cost, index) => `${isMore(index) ? '+' : ''}${costText(cost)}`)];
  } finally {
    await house.close();
  }
}

async function measure(house: House): Promise<readonly Cost[]> {
  const { services, control, advance } = house;
  const job = { id: 0, kind: 'bench', payload: {}, attempt: 1 };
  const sweepOnce = () => sweep(services)(job);
  const sweepAndFollow = async (): Promise<void> => {
    await sweepOnce();
    await followDue(house);
  };
  const first = await costIn(control, sweepAndFollow);
  // What was read is read again for half an hour.
  await advance(hour);
  await sweepOnce();
  await advance(pause);
  const quiet = await costIn(control, sweepOnce);
  await askElsewhere(house);
  await advance(pause);
  const asked = await costIn(control, sweepAndFollow);
  await advance(pause);
  await sweepOnce();
  await advance(pause);
  const quietAgain = await costIn(control, sweepOnce);
  await approveElsewhere(house);
  await advance(pause);
  const decided = await costIn(control, sweepAndFollow);
  const ending = await costIn(control, () => findEnding(services)(job));
  return [first, quiet, less(asked, quiet), less(decided, quietAgain), ending];
}

/** As the job loop would; what Entra does later is not waited for. */
async function followDue({ services }: House): Promise<void> {
  const due = await services.store.db
    .selectFrom('jobs')
    .selectAll()
    .where('kind', '=', 'packages.follow')
    .where('run_at', '<=', services.clock.now().getTime())
    .execute();
  for (const { id, kind, payload } of due) {
    await services.store.write((tx) => tx.deleteFrom('jobs').where('id', '=', id).execute());
    await follow(services)({ id, kind, payload: JSON.parse(payload), attempt: 1 });
  }
}

const base = '/identityGovernance/entitlementManagement';

async function askElsewhere({ inPortal }: House): Promise<void> {
  const assignment = {
    accessPackageId: redTeam.id,
    assignmentPolicyId: redTeam.policy.id,
    targetId: personByKey('finance')?.id,
  };
  const wish = { requestType: 'userAdd', justification: 'The nightly index of the archive', assignment };
  await inPortal(
    'finance',
    'EntitlementManagement.ReadWrite.All',
    `${base}/assignmentRequests`,
    wish,
    'POST',
  );
}

const recorded = z.object({
  requests: z.array(z.object({ id: z.string(), approvals: z.array(z.object({ id: z.string() })) })),
});

/** The newest request. */
async function approveElsewhere({ control, inPortal }: House): Promise<void> {
  const [newest] = recorded.parse(await control.get('entra')).requests;
  const stages = `${base}/accessPackageAssignmentApprovals/${newest?.id}/stages/${newest?.approvals[0]?.id}`;
  const decision = { reviewResult: 'Approve', justification: 'Go ahead' };
  await inPortal('manager', 'EntitlementManagement.ReadWrite.All', stages, decision);
}
