import { tenantId } from '../../practice/world/people.js';
import { systemIds } from '../../src/base/ids.js';
import type { HouseServices } from '../../src/flows/turn.js';
import type { JobHandler } from '../../src/jobs/job.js';
import type { Policy } from '../../src/policy/policy.js';
import { openPracticeGraph } from '../graph/practice-graph.js';
import { starterPolicy } from '../policy/starter-policy.js';
import { silentLog } from './silent-log.js';
import { openTempStore } from './temp-store.js';

/** Nobody is kept waiting by the time of day at which a test runs. */
export function wakefulPolicy(): Policy {
  const { notices, ...policy } = starterPolicy();
  const { quiet: _, ...wakeful } = notices;
  return { ...policy, notices: wakeful };
}

/** The services of the bot before the practice tenant, with a clock of the test and nothing that runs by itself. */
export async function openQuietHouse(policy: Policy = wakefulPolicy()) {
  const graph = await openPracticeGraph();
  const temp = await openTempStore();
  let aheadMs = 0;
  const services: HouseServices = {
    store: temp.store,
    clock: { now: () => new Date(Date.now() + aheadMs) },
    ids: systemIds,
    log: silentLog,
    policy,
    graph: {
      as: () => {
        throw new Error('Nobody has clicked anything');
      },
      reader: () => graph.reader,
    },
    tenantId,
    owner: 'test',
    sleep: async () => undefined,
    contexts: () => [],
    wake: () => undefined,
  };
  const remote = async (path: string, body: object) => {
    const answer = await graph.visit.control('POST', path, body);
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const run = (handler: JobHandler, payload: object, kind = 'test') =>
    handler({ id: 1, kind, payload: JSON.parse(JSON.stringify(payload)), attempt: 1 });
  return {
    services,
    graph,
    remote,
    run,
    /** Time goes on for the bot and for Entra. */
    advance: async (ms: number): Promise<void> => {
      aheadMs += ms;
      await remote('/clock', { advance: `PT${Math.round(ms / 1000)}S` });
    },
    jobs: (kind: string) => temp.store.db.selectFrom('jobs').selectAll().where('kind', '=', kind).execute(),
    /** Runs all jobs of one kind that wait now, as the job loop would. */
    runAll: async (kind: string, handler: JobHandler): Promise<number> => {
      const waiting = await temp.store.db.selectFrom('jobs').selectAll().where('kind', '=', kind).execute();
      for (const { id, payload } of waiting) {
        await temp.store.write((tx) => tx.deleteFrom('jobs').where('id', '=', id).execute());
        await run(handler, JSON.parse(payload), kind);
      }
      return waiting.length;
    },
    /** What a person's cards of one kind show, the newest picture of each. */
    pictures: async (kind: string, person?: string) => {
      const cards = await temp.store.db
        .selectFrom('cards')
        .selectAll()
        .where('kind', '=', kind)
        .$if(person !== undefined, (query) => query.where('person', '=', person ?? ''))
        .execute();
      const sent = await temp.store.db
        .selectFrom('jobs')
        .select(['key', 'payload'])
        .where('kind', '=', 'card.deliver')
        .execute();
      const byKey = new Map(sent.map(({ key, payload }) => [key, JSON.parse(payload).card]));
      return cards.map((card) => ({ ...card, ...byKey.get(`card:${card.ref}:${card.version}`) }));
    },
    close: async (): Promise<void> => {
      await temp.close();
      await graph.close();
    },
  };
}

export type QuietHouse = Awaited<ReturnType<typeof openQuietHouse>>;
