import assert from 'node:assert/strict';
import { hour, minute, second } from '../../../src/base/clock.js';
import { sweepOnce } from '../../../src/flows/recovery/changes/sweep.js';
import { personIn, readRound, readSomeKeys } from '../../../src/flows/recovery/report/inventory.js';
import { markOf } from '../../../src/flows/recovery/report/marks.js';
import type { HouseServices } from '../../../src/flows/turn.js';
import { graphError } from '../../../src/graph/errors.js';
import type { GraphReader, ReadOptions } from '../../../src/graph/graph.js';
import { openQuietHouse, type QuietHouse } from '../../support/quiet-house.js';

const far = (options?: ReadOptions): boolean => /activityDateTime le/.test(JSON.stringify(options ?? {}));

describe('what is read in the background', function () {
  this.timeout(60_000);
  let house: QuietHouse;
  let fails: (path: string, options?: ReadOptions) => boolean;
  let reads: { readonly path: string; readonly far: boolean }[];
  let services: HouseServices;

  beforeEach(async () => {
    house = await openQuietHouse();
    fails = () => false;
    reads = [];
    const inner = house.graph.reader;
    const heed = (path: string, options?: ReadOptions): void => {
      if (/authentication|auditLogs/i.test(path)) reads.push({ path, far: far(options) });
      if (fails(path, options)) throw graphError('graph.unavailable');
    };
    const reader: GraphReader = {
      get: <T>(path: string, options?: ReadOptions) => {
        heed(path, options);
        return inner.get<T>(path, options);
      },
      pages: <T>(path: string, options?: ReadOptions) => {
        heed(path, options);
        return inner.pages<T>(path, options);
      },
      getMany: inner.getMany,
    };
    services = { ...house.services, graph: { ...house.services.graph, reader: () => reader } };
  });
  afterEach(() => house.close());

  const told = () => services.store.db.selectFrom('method_changes').selectAll().execute();

  it('tells what is new also while what is long past cannot be read, and does not try that each time', async () => {
    await sweepOnce(services);
    await house.advance(2 * hour);
    await sweepOnce(services);
    reads = [];
    await house.remote('/recovery/register-method', {
      person: 'finance',
      method: { name: 'Key', aaguid: '90a3ccdf-635c-4729-a248-9b709135078f' },
    });
    await house.advance(10 * minute);
    fails = (path, options) => path.includes('directoryAudits') && far(options);
    assert.equal(await sweepOnce(services), 1);
    assert.equal((await told()).length, 1);
    assert.equal(reads.filter((each) => each.far).length, 1);
    await house.advance(20 * second);
    await sweepOnce(services);
    assert.equal(reads.filter((each) => each.far).length, 1);
    const until = (await markOf(services, 'recovery.changes-read')) ?? 0;
    assert.ok(until >= services.clock.now().getTime() - second);
  });

  it('reads the keys of the others also where those of one person cannot be read', async () => {
    await readRound(services, services.graph.reader('r'));
    const people = await services.store.db
      .selectFrom('people_keys')
      .select('person')
      .where('has_passkey', '=', 1)
      .orderBy('person')
      .execute();
    const bad = people[0]?.person ?? '';
    assert.ok(people.length > 1 && bad !== '');
    fails = (path) => path.includes(bad);
    let rounds = 0;
    while ((await readSomeKeys(services, services.graph.reader('r'))) > 0) {
      rounds += 1;
      assert.ok(rounds <= people.length + 1);
      await house.advance(minute);
    }
    const rows = await services.store.db.selectFrom('people_keys').selectAll().execute();
    const unread = rows.filter(({ has_passkey: has, keys_read: at }) => has === 1 && at === 0);
    assert.deepEqual(unread, []);
    const found = rows.find(({ person }) => person === bad);
    assert.equal(found && personIn(found).keys, undefined, 'unread is not the same as none');
  });
});
