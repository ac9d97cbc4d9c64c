import { randomUUID } from 'node:crypto';
import { appId, appSecret, tenantId } from '../../practice/world/people.js';
import { directoryPersonByKey } from '../../practice/world/reviewed-people.js';

/** What people do about roles in the portal, past the bot: straight at Graph and Azure, each with tokens of their own. */

const roles = '/roleManagement/directory';
const groups = '/identityGovernance/privilegedAccess/group';
const authorization = '/providers/Microsoft.Authorization';
const activating = 'api-version=2020-10-01';
const deciding = 'api-version=2021-01-01-preview';
const graphAll = 'https://graph.microsoft.com/.default';
const azureAll = 'https://management.azure.com/user_impersonation';
const replyTo = 'http://localhost:9/reply';

/** How the practice tenant tells about a request, whoever may see it. */
export interface PortalRequest {
  readonly id: string;
  /** Key of the target, such as `ai-admin`. */
  readonly target: string;
  readonly kind: 'role' | 'group' | 'azure';
  readonly person: string;
  readonly action: string;
  readonly status: string;
  readonly step: { readonly id: string; readonly status: string; readonly result: string } | null;
}

export interface PortalWish {
  readonly minutes?: number;
  readonly reason?: string;
  /** `ServiceNow INC-4711`. */
  readonly ticket?: string;
  /** ISO; absent: now. */
  readonly startsAt?: string;
}

interface PortalTarget {
  readonly key: string;
  readonly kind: 'role' | 'group' | 'azure';
  readonly id: string;
  readonly scope: string;
}

// biome-ignore lint/suspicious/noExplicitAny: answers of a fake service are looked at field by field
type Wire = any;

export type PimPortal = ReturnType<typeof openPimPortal>;

export function openPimPortal(practiceUrl: string) {
  const signIn = strongSignIn(practiceUrl);
  const send = async (
    base: string,
    scope: string,
    person: string,
    [method, path, body]: Call,
  ): Promise<Wire> => {
    const answer = await fetch(`${practiceUrl}${base}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${await signIn(person, scope)}`,
        'content-type': 'application/json',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text === '' ? {} : JSON.parse(text);
  };
  const graph = (person: string, ...call: Call) => send('/graph', graphAll, person, call);
  const arm = (person: string, ...call: Call) => send('/arm', azureAll, person, call);

  const all = async () =>
    (await (await fetch(`${practiceUrl}/practice/pim`)).json()) as {
      readonly targets: readonly PortalTarget[];
      readonly requests: readonly PortalRequest[];
    };
  const targetOf = async (key: string): Promise<PortalTarget> =>
    (await all()).targets.find((each) => each.key === key) ?? missing(`target ${key}`);
  const request = async (id: string): Promise<PortalRequest> =>
    (await all()).requests.find((each) => each.id === id) ?? missing(`request ${id}`);

  const file = async (person: string, key: string, action: string, wish: PortalWish): Promise<string> => {
    const target = await targetOf(key);
    const asked = bodyOf(person, action, wish);
    if (target.kind !== 'azure') {
      const path = `/v1.0${listOf(target.kind)}`;
      return (await graph(person, 'POST', path, { ...asked, ...named(target) })).id;
    }
    const role = await eligibleIn(person, target);
    const id = randomUUID();
    const path = `${target.scope}${authorization}/roleAssignmentScheduleRequests/${id}?${activating}`;
    const { action: requestType, ...rest } = asked;
    await arm(person, 'PUT', path, { properties: { ...rest, requestType, ...role } });
    return id;
  };
  /** Azure wants to be told by which eligibility. */
  const eligibleIn = async (person: string, { scope, id }: PortalTarget): Promise<Wire> => {
    const path = `${scope}${authorization}/roleEligibilityScheduleInstances?${activating}&$filter=asTarget()`;
    const { value } = await arm(person, 'GET', path);
    const found = value.find((each: Wire) => each.properties.roleDefinitionId.endsWith(id));
    const { roleDefinitionId, roleEligibilityScheduleId } =
      found?.properties ?? missing(`eligibility of ${person}`);
    return { roleDefinitionId, linkedRoleEligibilityScheduleId: roleEligibilityScheduleId };
  };
  const decide = async (person: string, id: string, reviewResult: string, justification: string) => {
    const { kind, step } = await request(id);
    const body = { reviewResult, justification };
    const part = step?.id ?? missing(`approval of ${id}`);
    if (kind !== 'azure')
      return graph(person, 'PATCH', `/beta${approvalsOf(kind)}/${id}/steps/${part}`, body);
    const path = `${authorization}/roleAssignmentApprovals/${id}/stages/${part}?${deciding}`;
    return arm(person, 'PATCH', path, body);
  };

  return {
    /** Straight to Graph, `path` from the version on. */
    graph,
    /** Straight to Azure, `path` from the host on. */
    arm,
    request,
    /** Answers the id of the request. `target` is a key such as `ai-admin`. */
    ask: (person: string, target: string, wish: PortalWish = {}) =>
      file(person, target, 'selfActivate', wish),
    end: (person: string, target: string, reason = 'Done') =>
      file(person, target, 'selfDeactivate', { reason }),
    approve: (person: string, id: string, words = 'Looked at it') => decide(person, id, 'Approve', words),
    deny: (person: string, id: string, words = 'Not now') => decide(person, id, 'Deny', words),
    async cancel(person: string, id: string): Promise<void> {
      const { kind, target } = await request(id);
      if (kind !== 'azure') return graph(person, 'POST', `/v1.0${listOf(kind)}/${id}/cancel`);
      const { scope } = await targetOf(target);
      const path = `${scope}${authorization}/roleAssignmentScheduleRequests/${id}/cancel?${activating}`;
      return arm(person, 'POST', path);
    },
  };
}

type Call = readonly [method: string, path: string, body?: unknown];

function bodyOf(person: string, action: string, wish: PortalWish) {
  const { minutes = 60, reason = 'The index is stuck', ticket = 'ServiceNow INC-4711', startsAt } = wish;
  const [ticketSystem, ticketNumber] = ticket.split(' ');
  const expiration = { type: 'afterDuration', duration: `PT${minutes}M` };
  return {
    action,
    principalId: directoryPersonByKey(person)?.id,
    justification: reason,
    ticketInfo: { ticketSystem, ticketNumber },
    scheduleInfo: { ...(startsAt === undefined ? {} : { startDateTime: startsAt }), expiration },
  };
}

function named({ kind, id, scope }: PortalTarget): object {
  if (kind === 'role') return { roleDefinitionId: id, directoryScopeId: scope };
  return { groupId: id, accessId: scope };
}

function listOf(kind: PortalTarget['kind']): string {
  return kind === 'role' ? `${roles}/roleAssignmentScheduleRequests` : `${groups}/assignmentScheduleRequests`;
}

function approvalsOf(kind: PortalTarget['kind']): string {
  return kind === 'role' ? `${roles}/roleAssignmentApprovals` : `${groups}/assignmentApprovals`;
}

/** The portal signs people in as strongly as any role wants it, and its tokens can be challenged. */
function strongSignIn(practiceUrl: string): (person: string, scope: string) => Promise<string> {
  const sts = `${practiceUrl}/sts/${tenantId}/oauth2/v2.0`;
  const post = (path: string, form: Record<string, string>) =>
    fetch(`${sts}/${path}`, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' });
  const tokenFor = async (form: Record<string, string>): Promise<string> => {
    const answer = await post('token', { client_id: appId, client_secret: appSecret, ...form });
    const { access_token, error_description } = (await answer.json()) as Record<string, string>;
    return access_token ?? missing(`token: ${error_description}`);
  };
  return async (person, wanted) => {
    const scope = `api://botid-${appId}/access_as_user`;
    const context = JSON.stringify({ access_token: { acrs: { essential: true, value: 'c1' } } });
    const wish = { client_id: appId, response_type: 'code', redirect_uri: replyTo, scope, claims: context };
    const request = new URLSearchParams(wish).toString();
    const page = await post('authorize', { request, person, answer: 'accept' });
    const code = new URL(page.headers.get('location') ?? '').searchParams.get('code') ?? '';
    return tokenFor({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      requested_token_use: 'on_behalf_of',
      assertion: await tokenFor({ grant_type: 'authorization_code', code, redirect_uri: replyTo, scope }),
      scope: wanted,
      claims: JSON.stringify({ access_token: { xms_cc: { values: ['cp1'] } } }),
    });
  };
}

function missing(what: string): never {
  throw new Error(`There is no ${what}`);
}
