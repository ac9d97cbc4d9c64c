import { randomUUID } from 'node:crypto';
import { systemSleep } from '../../../src/base/sleep.js';
import type { Outcome, Verb } from '../../../src/flows/flow.js';
import {
  type Case,
  caseById,
  changeCase,
  itemOf,
  openCase,
  type PassMade,
} from '../../../src/flows/recovery/cases.js';
import { openCaseRow } from '../../../src/flows/recovery/follow/card-rows.js';
import type { HouseServices, Turn } from '../../../src/flows/turn.js';
import { graphError } from '../../../src/graph/errors.js';
import type { GraphAs, GraphReader, ReadOptions } from '../../../src/graph/graph.js';
import { methodsOf } from '../../../src/graph/recovery/recovery.js';
import { actorOf, idOf } from '../../graph/practice-graph.js';
import { openQuietHouse } from '../../support/quiet-house.js';

/** A case that somebody vouched for, helpers with their own tokens, and a count of the reads that the bot itself makes. */
export async function openCleanUpStage() {
  const house = await openQuietHouse();
  const reads: string[] = [];
  let broken = '';
  const counted = (path: string): void => {
    if (/authentication|auditLogs|registration/i.test(path)) reads.push(path);
    if (broken !== '' && path.includes(broken)) throw graphError('graph.throttled');
  };
  const inner = house.graph.reader;
  const reader: GraphReader = {
    get: <T>(path: string, options?: ReadOptions) => {
      counted(path);
      return inner.get<T>(path, options);
    },
    pages: <T>(path: string, options?: ReadOptions) => {
      counted(path);
      return inner.pages<T>(path, options);
    },
    getMany: inner.getMany,
  };
  const services: HouseServices = {
    ...house.services,
    sleep: systemSleep,
    graph: { ...house.services.graph, reader: () => reader },
  };
  const control = (name: string, body: object) => house.remote(`/recovery/${name}`, body);
  const now = () => services.clock.now().getTime();
  const by = { actor: 'test', reference: 'test' };
  const words = () =>
    ['manager', 'colleague'].map((who) => ({
      ...{ by: who, byName: who, how: 'video' as const, note: 'Saw them.', at: now() },
    }));

  return {
    ...house,
    services,
    reads,
    /** Entra does not answer about this person; nobody: it does about all. */
    breakFor: (key?: string): void => {
      broken = key === undefined ? '' : idOf(key);
    },
    control,
    now,
    openFor: async (
      key: string,
      more: Partial<Pick<Case, 'kind' | 'privileged' | 'state'>> = {},
    ): Promise<Case> => {
      const subject = idOf(key);
      const baseline = (await methodsOf(inner, subject)).map(({ id }) => id);
      const about = { subjectName: key, openerName: key, note: '', subjectTold: true };
      const { kind = 'lost', privileged = 0, state = 'issue' } = more;
      const wish = { subject, openedBy: subject, kind, about, privileged: privileged === 1, baseline };
      return services.store.write(async (tx) => {
        const one = await openCase(tx, services, { ...wish, reference: 'test' });
        const after =
          one && (await changeCase(tx, services, one.id, by, () => ({ state, attested: words() })));
        if (after === undefined) throw new TypeError('There is a case already');
        return after;
      });
    },
    /** As the press that showed it would leave it; gives the code too. */
    passFor: async (one: Case, key: string, more: { once?: boolean; by?: string } = {}): Promise<string> => {
      const once = more.once ?? true;
      const made = await control('pass', { person: key, by: more.by ?? 'helpdesk', minutes: 60, once });
      const { id, code } = JSON.parse(JSON.stringify(made));
      const startsAt = services.clock.now().toISOString();
      const pass: PassMade = { id, startsAt, minutes: 60, once, madeAt: now(), shown: true };
      await services.store.write((tx) =>
        changeCase(tx, services, one.id, by, () => ({ state: 'sign-in', issuer: idOf('helpdesk'), pass })),
      );
      return code;
    },
    caseNow: async (one: Case): Promise<Case> => {
      const found = await caseById(services, one.id);
      if (found === undefined) throw new TypeError('The case is gone');
      return found;
    },
    methods: async (key: string) => (await methodsOf(inner, idOf(key))).map(({ id, kind }) => ({ id, kind })),
    cardFor: (one: Case, key: string) =>
      services.store.write((tx) =>
        openCaseRow(tx, services, one, { kind: 'recovery.issue', person: idOf(key) }),
      ),
    press: async (
      key: string,
      verb: Verb,
      data: object,
      change: (graph: GraphAs) => GraphAs = (graph) => graph,
    ) => {
      const actor = actorOf(key);
      const place = { conversationId: 'chat', serviceUrl: 'https://teams.example' };
      const graph = change(await house.graph.as(key, ...verb.scopes));
      const turn: Turn = {
        ...{ services, actor, verb: verb.name, place, graph, language: '' },
        reference: randomUUID(),
        answerBy: now() + 8000,
      };
      const outcome: Outcome = await verb.run(turn, verb.input.parse(data));
      return shownIn(outcome);
    },
    recorded: async (one: Case, kind: string) =>
      (
        await services.store.db
          .selectFrom('audit')
          .selectAll()
          .where('kind', '=', kind)
          .where('item', '=', itemOf(one.id))
          .orderBy('seq')
          .execute()
      ).map(({ actor, data }) => ({ actor, ...JSON.parse(data) })),
  };
}

export type CleanUpStage = Awaited<ReturnType<typeof openCleanUpStage>>;

function shownIn(outcome: Outcome) {
  if (outcome.kind !== 'card') return { template: 'notice', view: JSON.parse('{}'), text: outcome.text };
  return { template: outcome.card.template, view: JSON.parse(JSON.stringify(outcome.card.view)), text: '' };
}
