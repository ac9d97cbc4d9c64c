import assert from 'node:assert/strict';
import { elevatedPackage } from '../../../practice/world/packages.js';
import { day, hour, minute } from '../../../src/base/clock.js';
import { bringUpToDate } from '../../../src/flows/packages/follow/follow.js';
import { readLog } from '../../../src/flows/packages/follow/read-log.js';
import { remind } from '../../../src/flows/packages/follow/remind.js';
import { itemOf } from '../../../src/flows/packages/follow/request-cards.js';
import { sweep } from '../../../src/flows/packages/follow/sweep.js';
import { followFailed } from '../../../src/flows/packages/status/follow-failed.js';
import type { HouseServices } from '../../../src/flows/turn.js';
import { requestById } from '../../../src/graph/entitlement.js';
import { graphError } from '../../../src/graph/errors.js';
import { openCard } from '../../../src/jobs/cards.js';
import { idOf } from '../../graph/practice-graph.js';
import { openPortal, type Portal } from '../../support/portal.js';
import { openQuietHouse, type QuietHouse } from '../../support/quiet-house.js';
import { overheard } from './overheard.js';

const reason = 'Reading the supplier contracts of project Nord';

describe('the cards of requests that were made elsewhere', function () {
  this.timeout(60_000);
  let house: QuietHouse;
  let portal: Portal;
  const read: string[] = [];
  /** What Graph answers instead, by path; undefined: what it answers anyway. */
  let instead: (path: string, answer: unknown) => unknown;

  beforeEach(async () => {
    house = await openQuietHouse();
    portal = openPortal(house.graph.visit.url);
    read.length = 0;
    instead = (_path, answer) => answer;
  });
  afterEach(() => house.close());

  const reader = () => overheard(house.graph.reader, read, (path, answer) => instead(path, answer));
  const services = (more: Partial<HouseServices> = {}): HouseServices => ({
    ...house.services,
    graph: { ...house.services.graph, reader },
    ...more,
  });
  /** A sweep as the job loop runs it: with what the last one left. */
  let left: object = {};
  const sweepOnce = async (more: Partial<HouseServices> = {}): Promise<void> => {
    const result = await house.run(sweep(services(more)), left);
    left = result.kind === 'again' && result.payload ? Object(result.payload) : {};
  };
  const asked = async (person: string, wanted: Parameters<Portal['ask']>[1]): Promise<string> => {
    left = {};
    const id = await portal.ask(person, wanted, reason);
    await house.advance(minute);
    return id;
  };
  const shown = async (kind: string) =>
    (await house.pictures(kind)).map(({ person, state, view }) => [person, state, view?.state ?? 'waits']);
  const endedAt = async (id: string): Promise<number> => {
    const row = house.services.store.db
      .selectFrom('package_requests')
      .select('ended_at')
      .where('id', '=', id);
    return (await row.executeTakeFirstOrThrow()).ended_at;
  };
  const two = [idOf('security'), idOf('appowner')].sort();
  const people = async () => (await shown('packages.decide')).map(([person]) => person).sort();

  it('are made for all approvers or for none: whoever died in the middle left nobody out', async () => {
    await asked('engineer', 'elevated');
    let refs = 0;
    const { ids } = house.services;
    const mortal = { ...ids, ref: () => (++refs === 2 ? fail('died') : ids.ref()) };
    await sweepOnce({ ids: mortal });
    assert.deepEqual(await people(), []);
    await sweepOnce();
    assert.deepEqual(await people(), two);
  });

  it('are over once Entra does not know the request any more, and it is not asked for again', async () => {
    const id = await asked('engineer', 'elevated');
    await sweepOnce();
    await statusCard(id);
    instead = (path, answer) => (path.includes(id) ? graphError('graph.not-found') : answer);
    await portal.cancel('engineer', id);
    await sweepOnce();
    assert.deepEqual((await shown('packages.decide'))[0]?.slice(1), ['open', 'waits'], 'it may be new');
    await house.advance(2 * hour);
    await sweepOnce();
    const closed = ['final', 'closed'];
    assert.deepEqual(
      (await shown('packages.decide')).map((each) => each.slice(1)),
      [closed, closed],
    );
    assert.deepEqual(
      (await shown('packages.status')).map((each) => each.slice(1)),
      [['final', 'gone']],
    );
    assert.ok((await endedAt(id)) > 0);
    read.length = 0;
    await sweepOnce();
    assert.ok(!read.some((path) => path.includes(id)), 'nobody asks for it again');
  });

  it('do not keep the whole log being read for a request that is older than the log', async () => {
    const now = house.services.clock.now().getTime();
    const row = { id: 'old', package_id: 'p', person: 'x', requestor: 'x', state: 'pendingApproval' };
    await house.services.store.write((tx) =>
      tx
        .insertInto('package_requests')
        .values({
          ...row,
          stages: '[]',
          stage_since: 0,
          reminded: 0,
          created_at: now - 60 * day,
          ended_at: 0,
        })
        .execute(),
    );
    const from = async (): Promise<number> => {
      read.length = 0;
      await readLog(services());
      const filter = read.find((path) => path.includes('directoryAudits')) ?? '';
      return (
        house.services.clock.now().getTime() - Date.parse(/activityDateTime ge (\S+)/.exec(filter)?.[1] ?? '')
      );
    };
    assert.ok((await from()) >= 30 * day, 'once it may tell of it');
    await house.advance(minute);
    assert.ok((await from()) < hour);
  });

  it('stop asking whoever is certainly no approver any more', async () => {
    const id = await asked('engineer', 'elevated');
    await sweepOnce();
    instead = (path, answer) =>
      path.endsWith(`/users/${idOf('security')}`) ? graphError('graph.not-found') : answer;
    await house.advance(2 * day);
    await house.run(remind(services()), { request: id, stage: 0, last: false });
    const now = await shown('packages.decide');
    assert.deepEqual(
      now.filter(([person]) => person === idOf('security')),
      [[idOf('security'), 'final', 'not-yours']],
    );
    const open = now.filter(([, state]) => state === 'open');
    assert.deepEqual(open, [[idOf('appowner'), 'open', 'waits']]);
  });

  it('cost nothing but a look at the list while nobody can decide or a delivery stays failed', async () => {
    const id = await failed();
    const stuck = await asked('engineer', 'elevated');
    instead = (path, answer) =>
      two.some((person) => path.endsWith(`/users/${person}`)) ? graphError('graph.not-found') : answer;
    await sweepOnce();
    await sweepOnce();
    read.length = 0;
    await sweepOnce();
    const calls = read.filter((path) => !path.includes('directoryAudits'));
    assert.equal(calls.length, 2, calls.join('\n'));
    assert.ok(calls.some((path) => path.includes(id)) && !calls.some((path) => path.includes(stuck)));
    instead = (_path, answer) => answer;
    await house.advance(11 * minute);
    await sweepOnce();
    assert.deepEqual(await people(), two, 'whoever is found later is asked');
  });

  it('of a failed delivery end after two weeks, also where Entra does not say when it failed', async () => {
    instead = (path, answer) =>
      path.includes('assignmentRequests/') ? { ...Object(answer), completedDateTime: null } : answer;
    const id = await failed();
    await sweepOnce();
    const look = () => house.run(followFailed(services()), { request: id });
    assert.equal((await look()).kind, 'again');
    assert.deepEqual(
      (await shown('packages.status')).map((each) => each[1]),
      ['open'],
    );
    await house.advance(15 * day);
    assert.equal((await look()).kind, 'done');
    await sweepOnce();
    assert.deepEqual(
      (await shown('packages.status')).map((each) => each[1]),
      ['final'],
    );
  });

  it('are not called stuck where only the house keeps out the guests whom Entra lets decide', async () => {
    const { policy } = house.services;
    const standard = {
      ...policy.tiers.standard,
      guests: { ...policy.tiers.standard.guests, mayApprove: false },
    };
    const id = await asked('engineer', 'elevated');
    instead = (path, answer) =>
      two.some((person) => path.endsWith(`/users/${person}`))
        ? { ...Object(answer), userType: 'Guest' }
        : answer;
    const owners = { [elevatedPackage.id]: [idOf('manager')] };
    const strict = {
      ...policy,
      tiers: { ...policy.tiers, standard },
      packages: { ...policy.packages, owners },
    };
    const { stuck } = await bringUpToDate(services({ policy: strict }), await requestById(reader(), id));
    assert.equal(stuck, true);
    assert.deepEqual(await shown('packages.stuck'), []);
  });

  async function statusCard(id: string): Promise<void> {
    await house.services.store.write((tx) =>
      openCard(tx, house.services, {
        flow: 'packages',
        kind: 'packages.status',
        item: itemOf(id),
        person: idOf('engineer'),
        purpose: `packages.status:${id}:${idOf('engineer')}`,
        expiresAt: new Date(house.services.clock.now().getTime() + 400 * day),
      }),
    );
  }

  /** A request whose delivery fails, with the card of whoever asked. */
  async function failed(): Promise<string> {
    const id = await asked('engineer', 'sandbox');
    await house.advance(minute);
    await statusCard(id);
    return id;
  }
});

function fail(why: string): never {
  throw new Error(why);
}
