import { appId } from '../../practice/world/people.js';
import { directoryPersonByKey } from '../../practice/world/reviewed-people.js';
import { type Answer, type Visit, visitPractice } from './visit.js';

export const roleBase = '/v1.0/roleManagement/directory';
export const roleRequests = `${roleBase}/roleAssignmentScheduleRequests`;
export const roleApprovals = '/beta/roleManagement/directory/roleAssignmentApprovals';
export const groupBase = '/v1.0/identityGovernance/privilegedAccess/group';
export const groupRequests = `${groupBase}/assignmentScheduleRequests`;
export const mine = "filterByCurrentUser(on='principal')";
export const toDecide = "filterByCurrentUser(on='approver')";

export const idOf = (key: string): string => directoryPersonByKey(key)?.id ?? '';

// biome-ignore lint/suspicious/noExplicitAny: answers of a fake service are looked at, not typed
export type Wire = any;

interface Target {
  readonly key: string;
  readonly kind: string;
  readonly id: string;
  readonly scope: string;
}

/** A visit with a strong sign-in for everybody, and short ways to ask and decide. */
export interface PimVisit extends Visit {
  as(key: string, method: string, path: string, body?: unknown): Promise<Answer>;
  /** Signed in with nothing but a password and a second factor. */
  plainly(key: string, method: string, path: string, body?: unknown): Promise<Answer>;
  asApp(path: string): Promise<Answer>;
  later(advance: string): Promise<Answer>;
  /** What a target is called in a request. */
  named(key: string): Promise<Wire>;
  /** Asks for two hours, with everything that any policy wants, unless told otherwise. */
  ask(person: string, target: string, more?: object): Promise<Answer>;
  end(person: string, target: string, more?: object): Promise<Answer>;
  decide(person: string, request: Wire, reviewResult: string, justification?: string): Promise<Answer>;
  /** A request as its asker sees it. */
  request(person: string, id: string): Promise<Wire>;
  settings(body: object): Promise<Answer>;
  rules(target: string, body: object): Promise<Answer>;
}

export async function visitPim(): Promise<PimVisit> {
  const visit = await visitPractice();
  const tokens = new Map<string, Promise<string>>();
  const tokenOf = (key: string, strong: boolean): Promise<string> => {
    const name = `${key} ${strong}`;
    const token = tokens.get(name) ?? signIn(visit, key, strong);
    tokens.set(name, token);
    return token;
  };
  const as: PimVisit['as'] = async (key, method, path, body) =>
    visit.graph(await tokenOf(key, true), method, path, body);
  const named: PimVisit['named'] = async (key) => {
    const { targets } = (await visit.control('GET', '/pim')).body;
    const { kind, id, scope } = targets.find((each: Target) => each.key === key);
    return kind === 'role'
      ? { roleDefinitionId: id, directoryScopeId: scope }
      : { groupId: id, accessId: scope };
  };
  const send = async (person: string, target: string, action: string, more: object): Promise<Answer> => {
    const about = await named(target);
    const path = 'groupId' in about ? groupRequests : roleRequests;
    return as(person, 'POST', path, { action, principalId: idOf(person), ...about, ...more });
  };
  return Object.assign(Object.create(visit) as Visit, {
    as,
    plainly: async (key: string, method: string, path: string, body?: unknown) =>
      visit.graph(await tokenOf(key, false), method, path, body),
    asApp: async (path: string) => visit.graph(await visit.appToken(), 'GET', path),
    later: (advance: string) => visit.control('POST', '/clock', { advance }),
    named,
    ask: (person: string, target: string, more: object = {}) =>
      send(person, target, 'selfActivate', { ...ordinary, ...more }),
    end: (person: string, target: string, more: object = {}) => send(person, target, 'selfDeactivate', more),
    decide: async (person: string, request: Wire, reviewResult: string, justification = 'Looked at it') => {
      const path = 'groupId' in request ? `${groupBase}/assignmentApprovals` : roleApprovals;
      const parts = `${path}/${request.approvalId}/${'groupId' in request ? 'stages' : 'steps'}`;
      const found = await as('security', 'GET', parts);
      const [part] = found.body.value;
      return as(person, 'PATCH', `${parts}/${part.id}`, { reviewResult, justification });
    },
    request: async (person: string, id: string) => {
      const first = await as(person, 'GET', `${roleRequests}/${id}`);
      return first.status === 200 ? first.body : (await as(person, 'GET', `${groupRequests}/${id}`)).body;
    },
    settings: (body: object) => visit.control('POST', '/pim/settings', body),
    rules: (target: string, body: object) => visit.control('POST', '/pim/rules', { target, ...body }),
  });
}

export function forHours(hours: number, startDateTime?: string): object {
  const expiration = { type: 'afterDuration', duration: `PT${hours}H` };
  return { scheduleInfo: { ...(startDateTime ? { startDateTime } : {}), expiration } };
}

const ordinary = {
  justification: 'INC-4711 the index is stuck',
  ticketInfo: { ticketSystem: 'ServiceNow', ticketNumber: 'INC-4711' },
  ...forHours(2),
};

// The window in which somebody signs in is what satisfies an authentication context.
async function signIn(visit: Visit, key: string, strong: boolean): Promise<string> {
  const contexts = JSON.stringify({ access_token: { acrs: { essential: true, value: 'c1' } } });
  const claims = JSON.stringify({ access_token: { xms_cc: { values: ['cp1'] } } });
  const answer = await visit.token({
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    requested_token_use: 'on_behalf_of',
    assertion: await visit.assertion(key, strong ? contexts : undefined),
    scope: 'https://graph.microsoft.com/.default',
    client_id: appId,
    claims,
  });
  return answer.body.access_token;
}
