import { directoryPersonByKey } from '../../practice/world/reviewed-people.js';
import { type Answer, type Visit, visitPractice } from './visit.js';

// biome-ignore lint/suspicious/noExplicitAny: answers of a fake service are looked at, not typed
export type Wire = any;

export const idOf = (key: string): string => directoryPersonByKey(key)?.id ?? '';

/** Everything that people are asked to agree to here, and what only some tests need. */
const more = [
  'UserAuthenticationMethod.ReadWrite.All',
  'Policy.Read.AuthenticationMethod',
  'AuditLog.Read.All',
];

/** Ways in about sign-in methods: as a person with every permission, as the app, and by remote control. */
export interface RecoveryVisit extends Visit {
  as(key: string, method: string, path: string, body?: unknown): Promise<Answer>;
  asApp(path: string): Promise<Answer>;
  later(advance: string): Promise<Answer>;
  /** A call of the remote control that must work. */
  does(name: string, body: object): Promise<Wire>;
  makePass(by: string, person: string, body?: object): Promise<Answer>;
  passesOf(person: string): Promise<Wire[]>;
  methodsOf(person: string): Promise<Wire[]>;
  /** What the audit log says, oldest first, once it has caught up. */
  rows(filter?: string): Promise<Wire[]>;
}

export const under = (key: string): string => `/v1.0/users/${idOf(key)}/authentication`;
export const passPath = (key: string): string => `${under(key)}/temporaryAccessPassMethods`;

export async function visitRecovery(): Promise<RecoveryVisit> {
  const visit = await visitPractice();
  const as: RecoveryVisit['as'] = async (key, method, path, body) => {
    await visit.control('POST', `/people/${key}/consent`, { grant: more });
    return visit.graph(await visit.signIn(key, '.default'), method, path, body);
  };
  const asApp: RecoveryVisit['asApp'] = async (path) => visit.graph(await visit.appToken(), 'GET', path);
  const value = async (path: string): Promise<Wire[]> => found(await asApp(path)).value;
  const later: RecoveryVisit['later'] = (advance) => visit.control('POST', '/clock', { advance });
  return Object.assign(Object.create(visit) as Visit, {
    as,
    asApp,
    later,
    does: async (name: string, body: object) => found(await visit.control('POST', `/recovery/${name}`, body)),
    makePass: (by: string, person: string, body: object = {}) => as(by, 'POST', passPath(person), body),
    passesOf: (person: string) => value(passPath(person)),
    methodsOf: (person: string) => value(`${under(person)}/methods`),
    rows: async (filter?: string) => {
      await later('PT30S');
      const query = new URLSearchParams({
        $orderby: 'activityDateTime',
        ...(filter ? { $filter: filter } : {}),
      });
      return value(`/v1.0/auditLogs/directoryAudits?${query}`);
    },
  });
}

function found({ status, body }: Answer): Wire {
  if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body;
}
