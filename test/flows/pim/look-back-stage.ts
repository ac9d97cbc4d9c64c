import { randomUUID } from 'node:crypto';
import { minute } from '../../../src/base/clock.js';
import { systemSleep } from '../../../src/base/sleep.js';
import type { Outcome, Verb } from '../../../src/flows/flow.js';
import { lookBack } from '../../../src/flows/pim/look-back/look-back.js';
import type { HouseServices, Turn } from '../../../src/flows/turn.js';
import { graphError } from '../../../src/graph/errors.js';
import type { GraphReader } from '../../../src/graph/graph.js';
import type { JobResult } from '../../../src/jobs/job.js';
import type { Policy } from '../../../src/policy/policy.js';
import type { ActivationRow } from '../../../src/store/schema.js';
import { actorOf, idOf } from '../../graph/practice-graph.js';
import { openQuietHouse, wakefulPolicy } from '../../support/quiet-house.js';

export const aiAdmin = 'd2562ede-74db-457e-a7b6-544e236ebb61';
export const securityAdmin = '194ae4cb-b126-40b2-bd5b-6091b380977d';
export const person = idOf('engineer');

const log = '/auditLogs/directoryAudits';
const policyDone = { id: 'p1', displayName: 'Block legacy sign-in', type: 'Policy' };

/** The starter policy, with these people as owners of the AI Administrator. */
export function ownedBy(...owners: readonly string[]): Policy {
  const policy = wakefulPolicy();
  return { ...policy, pim: { ...policy.pim, owners: { ...policy.pim.owners, [aiAdmin]: owners.map(idOf) } } };
}

/** The house with an audit log in the hands of the test: what is in it, and whether it can be read. */
export async function openLookBackStage(policy: Policy = ownedBy('manager', 'appowner')) {
  const house = await openQuietHouse(policy);
  let rows: readonly object[] = [];
  let trouble: string | undefined;
  let reads = 0;
  let pagesRead = 0;
  let real = false;
  const reader: GraphReader = {
    ...house.graph.reader,
    pages: (path, options) =>
      path === log && !real ? pagesOf(options?.query) : house.graph.reader.pages(path, options),
  };
  async function* pagesOf<T>(
    query: Readonly<Record<string, string>> | undefined,
  ): AsyncGenerator<readonly T[]> {
    reads += 1;
    if (trouble === 'later') throw graphError('graph.throttled');
    if (trouble === 'never') throw graphError('graph.forbidden');
    const inOrder = (query?.$orderby?.endsWith('desc') ? [...rows].reverse() : rows) as readonly T[];
    const size = Number(query?.$top ?? 1000);
    for (let from = 0; from === 0 || from < inOrder.length; from += size) {
      pagesRead += 1;
      yield inOrder.slice(from, from + size);
    }
  }
  const services: HouseServices = {
    ...house.services,
    sleep: systemSleep,
    graph: { ...house.services.graph, reader: () => reader },
  };
  const now = () => services.clock.now().getTime();

  return {
    ...house,
    services,
    now,
    logReads: () => reads,
    pagesRead: () => pagesRead,
    break: (how?: 'later' | 'never') => {
      trouble = how;
    },
    /** What the practice tenant has written, instead of what the test puts there. */
    useLogOfEntra: () => {
      real = true;
    },
    /** What the person did so many minutes before the end of the window, once or many times. */
    did: (
      activity: string,
      endsAt: number,
      minutesBefore: number,
      { ok = true, times = 1, on = policyDone } = {},
    ) => {
      rows = [
        ...rows,
        ...Array.from({ length: times }, () => ({
          id: randomUUID(),
          activityDateTime: new Date(endsAt - minutesBefore * minute).toISOString(),
          activityDisplayName: activity,
          category: 'Policy',
          loggedByService: 'Core Directory',
          result: ok ? 'success' : 'failure',
          initiatedBy: { user: { id: person, displayName: 'Engineer' }, app: null },
          targetResources: [on],
          additionalDetails: [],
          correlationId: randomUUID(),
        })),
      ];
    },
    /** An activation that is over since just now. */
    ended: async (more: Partial<ActivationRow> = {}): Promise<ActivationRow> => {
      const row: ActivationRow = {
        id: randomUUID(),
        kind: 'role',
        target: aiAdmin,
        scope: '/',
        person,
        about: aboutText,
        state: 'ended',
        verdict: JSON.stringify({ byId: idOf('security'), byName: 'Ingrid', at: '', comment: '' }),
        emergency: 0,
        asked_at: now() - 70 * minute,
        starts_at: now() - 60 * minute,
        ends_at: now(),
        look_back: 'due',
        ...more,
      };
      await services.store.write((tx) => tx.insertInto('activations').values(row).execute());
      return row;
    },
    look: (row: ActivationRow, attempt = 5): Promise<JobResult> =>
      lookBack(services)({ id: 1, kind: 'pim.look-back', payload: { activation: row.id, look: 0 }, attempt }),
    stateOf: async (row: ActivationRow) =>
      (
        await services.store.db
          .selectFrom('activations')
          .select('look_back')
          .where('id', '=', row.id)
          .executeTakeFirstOrThrow()
      ).look_back,
    cards: async () => {
      const all = await house.pictures('pim.look-back');
      return all.map((card) => ({ ...card, who: keyOf(card.person) }));
    },
    told: () => house.pictures('pim.looked-back'),
    press: (key: string, verb: Verb, data: object): Promise<Outcome> => {
      const actor = actorOf(key);
      const place = { conversationId: 'chat', serviceUrl: 'https://teams.example' };
      const graph: Turn['graph'] = {
        ...reader,
        actor,
        post: refuse,
        patch: refuse,
        put: refuse,
        delete: refuse,
        batch: refuse,
      };
      const turn: Turn = {
        ...{ services, actor, verb: verb.name, place, graph, language: '' },
        reference: randomUUID(),
        answerBy: now() + 8000,
      };
      return verb.run(turn, verb.input.parse(data));
    },
    refusals: async () =>
      (
        await services.store.db
          .selectFrom('audit')
          .select(['data'])
          .where('kind', '=', 'click.refused')
          .orderBy('seq')
          .execute()
      ).map(({ data }) => JSON.parse(data).code),
  };
}

export type LookBackStage = Awaited<ReturnType<typeof openLookBackStage>>;

const aboutText = JSON.stringify({
  name: 'AI Administrator',
  scopeName: '',
  does: '',
  personName: 'Engineer',
  reason: 'Rotate the keys of the retrieval connector',
  system: 'ServiceNow',
  number: 'INC-4711',
  minutes: 60,
  scheduleId: '',
  approvers: [],
  approval: true,
  approvalId: '',
  schedule: '',
  endedBy: 'time',
});

async function refuse(): Promise<never> {
  throw new Error('Nothing is written to Entra here');
}

function keyOf(id: string): string {
  return (
    ['manager', 'appowner', 'security', 'guest', 'engineer', 'helpdesk'].find((key) => idOf(key) === id) ?? id
  );
}
