import assert from 'node:assert/strict';
import { day, hour, minute } from '../../../src/base/clock.js';
import { endingStart, findEnding } from '../../../src/flows/packages/held/find-ending.js';
import type { HouseServices } from '../../../src/flows/turn.js';
import { graphError } from '../../../src/graph/errors.js';
import type { GraphReader } from '../../../src/graph/graph.js';
import type { JobResult } from '../../../src/jobs/job.js';
import { openQuietHouse, type QuietHouse } from '../../support/quiet-house.js';
import { person } from './fake-lists.js';

/** Pages of one assignment each: so many that are delivered, and one that is in part. */
const deliveredPages = 250;

describe('the search for access that ends', () => {
  let house: QuietHouse;
  const asked: string[] = [];
  let fails = (_from: number): boolean => false;
  beforeEach(async () => {
    house = await openQuietHouse();
    asked.length = 0;
    fails = () => false;
  });
  afterEach(() => house.close());

  const now = (): number => house.services.clock.now().getTime();
  const entry = (index: number) => ({
    id: person(index),
    state: 'delivered',
    target: { objectId: person(1) },
    accessPackage: { id: person(2), displayName: 'Prompts' },
    schedule: {
      startDateTime: '2025-01-01T00:00:00Z',
      expiration: { endDateTime: new Date(now() + 10 * day).toISOString() },
    },
  });
  const reader: GraphReader = {
    ...({} as GraphReader),
    get: async <T>(_path: string, options?: { query?: Readonly<Record<string, string>> }): Promise<T> => {
      const { $filter = '', $skiptoken = '0' } = options?.query ?? {};
      const from = Number($skiptoken);
      asked.push(`${$filter} ${from}`);
      if (fails(from)) throw graphError('graph.unavailable');
      const more = $filter.includes("'delivered'") && from + 1 < deliveredPages;
      const next = `https://graph.microsoft.com/v1.0/x?$skiptoken=${from + 1}`;
      const value = [entry($filter.includes("'delivered'") ? from : 9_999)];
      return { value, ...(more ? { '@odata.nextLink': next } : {}) } as T;
    },
  };
  const run = (payload: object): Promise<JobResult> => {
    const services: HouseServices = {
      ...house.services,
      graph: { ...house.services.graph, reader: () => reader },
    };
    return house.run(findEnding(services), payload);
  };
  const left = (result: JobResult) => {
    assert.ok(result.kind === 'again');
    return { payload: Object(result.payload), in: result.at.getTime() - now() };
  };

  it('goes through everything in parts, those delivered in part too, and again in a week', async () => {
    let step = left(await run(Object(endingStart.payload)));
    assert.ok(step.in <= minute && asked.length === 100, 'a part at a time');
    step = left(await run(step.payload));
    step = left(await run(step.payload));
    assert.equal(asked.length, deliveredPages + 1);
    assert.equal(asked.at(-1), "state eq 'partiallyDelivered' 0");
    assert.ok(Math.abs(step.in - 7 * day) < hour);
    assert.deepEqual(step.payload, { failed: 0 });
    assert.equal((await house.jobs('packages.watch')).length, deliveredPages + 1);
  });

  it('goes on where it stopped, and from the beginning where Entra has forgotten the place', async () => {
    fails = (from) => from === 50;
    let step = left(await run({}));
    assert.equal(step.payload.at.from.$skiptoken, '50');
    step = left(await run(step.payload));
    assert.equal(asked.length, 52);
    step = left(await run(step.payload));
    assert.deepEqual(step.payload, { failed: 3 });
    fails = () => false;
    await run(step.payload);
    assert.ok(asked.at(53)?.endsWith(' 0'));
  });
});
