import { setTimeout } from 'node:timers/promises';
import { inspect } from 'node:util';
import { projectRoot } from '../../../src/base/project-root.js';
import { type Sleep, systemSleep } from '../../../src/base/sleep.js';
import { createRenderer } from '../../../src/cards/render.js';
import type { Outcome } from '../../../src/flows/flow.js';
import { createHouse } from '../../../src/flows/house.js';
import { type Case, caseById, changeCase, openCase } from '../../../src/flows/recovery/cases.js';
import { openCaseRow } from '../../../src/flows/recovery/follow/card-rows.js';
import { recovery } from '../../../src/flows/recovery/index.js';
import type { HouseServices } from '../../../src/flows/turn.js';
import type { GraphAs } from '../../../src/graph/graph.js';
import { actorOf, idOf } from '../../graph/practice-graph.js';
import { openQuietHouse, wakefulPolicy } from '../../support/quiet-house.js';

const scope = 'UserAuthMethod-TAP.ReadWrite.All';

/** A process that is to have died does not keep the test alive. */
const unheeded: Sleep = (ms, signal) =>
  setTimeout(ms, undefined, { ref: false, ...(signal === undefined ? {} : { signal }) }).catch(
    () => undefined,
  );

/** The flow before the practice tenant, with a case of `finance` that somebody has vouched for. */
export async function openIssueStage() {
  // Another person reads the signs of a case in a test of their own.
  const policy = wakefulPolicy();
  const house = await openQuietHouse({ ...policy, recovery: { ...policy.recovery, block: [] } });
  for (const key of ['helpdesk', 'security', 'finance', 'manager'])
    await house.graph.visit.control('POST', `/people/${key}/consent`, { grant: [scope] });
  const own = new Map<string, GraphAs>();
  for (const key of ['helpdesk', 'security', 'finance', 'manager'])
    own.set(idOf(key), await house.graph.as(key, scope));
  let between: (graph: GraphAs) => GraphAs = (graph) => graph;
  let impatient = false;
  const codes: string[] = [];
  /** Knows every code that Entra ever says, so that it can be looked for. */
  const overhear = (graph: GraphAs): GraphAs => ({
    ...graph,
    post: async <T>(...[path, body, options]: Parameters<GraphAs['post']>) => {
      const answer = await graph.post<T>(path, body, options);
      const { temporaryAccessPass: code } = Object(answer);
      if (typeof code === 'string') codes.push(code);
      return answer;
    },
  });
  const services: HouseServices = {
    ...house.services,
    log: house.graph.log,
    graph: {
      reader: house.services.graph.reader,
      as: ({ objectId }) => {
        const graph = own.get(objectId);
        if (graph === undefined) throw new TypeError('Nobody signed in as them');
        return between(overhear(graph));
      },
    },
    // The time that an answer may take is over at once for whoever is impatient; all other waiting is real.
    sleep: (ms, signal) => {
      if (impatient && ms > 5_000 && ms <= 8_000) return systemSleep(300, signal);
      return ms > 10_000 ? unheeded(ms, signal) : systemSleep(ms, signal);
    },
  };
  const turns = createHouse(services, [recovery]);
  const renderer = createRenderer({ root: projectRoot() });

  const open = async (subject = 'finance', kind: Case['kind'] = 'lost'): Promise<Case> => {
    const by = { actor: 'test', reference: 'test' };
    return services.store.write(async (tx) => {
      const one = await openCase(tx, services, {
        subject: idOf(subject),
        openedBy: idOf(subject),
        kind,
        about: {
          subjectName: 'Leilani Brandvold',
          openerName: 'Leilani Brandvold',
          note: '',
          subjectTold: true,
        },
        privileged: false,
        baseline: [],
        reference: 'test',
      });
      const at = services.clock.now().getTime();
      const attested = [
        { by: idOf('manager'), byName: 'Manager', how: 'video' as const, note: 'Saw her.', at },
      ];
      const ready = one && (await changeCase(tx, services, one.id, by, () => ({ attested, state: 'issue' })));
      if (ready === undefined) throw new TypeError('There is a case already');
      return ready;
    });
  };
  const cardFor = async (one: Case, key: string): Promise<string> =>
    services.store.write(
      async (tx) => (await openCaseRow(tx, services, one, { kind: 'recovery.issue', person: idOf(key) })).ref,
    );
  const press = (key: string, verb: string, data: object): Promise<Outcome> =>
    turns.run({
      actor: actorOf(key),
      command: { verb, data },
      place: { conversationId: 'a:chat', serviceUrl: 'https://teams.example', activityId: 'm1' },
      language: '',
    });
  return {
    ...house,
    services,
    open,
    cardFor,
    press,
    codes: (): readonly string[] => codes,
    /** Puts somebody between the flow and Graph. */
    meddle: (with_: (graph: GraphAs) => GraphAs): void => {
      between = with_;
    },
    hurry: (on: boolean): void => {
      impatient = on;
    },
    now: async (one: Case): Promise<Case> => {
      const found = await caseById(services, one.id);
      if (found === undefined) throw new TypeError('The case is gone');
      return found;
    },
    shown: (outcome: Outcome): string =>
      outcome.kind === 'card' ? JSON.stringify(renderer.render(outcome.card).content) : outcome.text,
    passes: async (key = 'finance'): Promise<readonly { id: string; methodUsabilityReason: string }[]> => {
      const path = `/users/${idOf(key)}/authentication/temporaryAccessPassMethods`;
      return (await services.graph.reader('r').get<{ value: [] }>(path)).value;
    },
    signIn: async (code: string): Promise<number> =>
      (await house.graph.visit.control('POST', '/recovery/sign-in', { person: 'finance', code })).status,
    /** Everything that is kept or written anywhere: all tables, the log, what the practice tenant logs of itself. */
    kept: async (): Promise<string> => {
      const tables = [
        'claims',
        'cards',
        'jobs',
        'audit',
        'conversations',
        'recovery_cases',
        'marks',
      ] as const;
      const rows = await Promise.all(
        tables.map((table) => services.store.db.selectFrom(table).selectAll().execute()),
      );
      const pages = ['/requests', '/entra', '/recovery'];
      const practice = await Promise.all(pages.map((path) => house.graph.visit.control('GET', path)));
      return [JSON.stringify(rows), house.graph.log.heard(), inspect(practice, { depth: 20 })].join('\n');
    },
  };
}

export type IssueStage = Awaited<ReturnType<typeof openIssueStage>>;
