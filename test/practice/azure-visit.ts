import { randomUUID } from 'node:crypto';
import { personByKey } from '../../practice/world/people.js';
import { retrievalResources, subscription } from '../../practice/world/pim/catalogue.js';
import { type Answer, type Visit, visitPractice } from './visit.js';

export const provider = '/providers/Microsoft.Authorization';
export const version = 'api-version=2020-10-01';
export const requests = `${provider}/roleAssignmentScheduleRequests`;

/** The two Azure roles of the practice tenant. */
export const cognitive = {
  scope: retrievalResources.scope,
  role: `${subscription.scope}${provider}/roleDefinitions/25fbc0a9-bd7c-42a3-aa1a-3b75d497ee68`,
};
export const blobReader = {
  scope: subscription.scope,
  role: `${subscription.scope}${provider}/roleDefinitions/2a2b9908-6ea1-4ae2-8e65-a410df84e7d1`,
};
export type AzureRole = typeof cognitive;

/** A visit that also calls Azure, with a token of each person for it. */
export interface AzureVisit extends Visit {
  /** `claims` as a challenge asks for them; the person satisfies them in a sign-in window. */
  azureToken(key: string, claims?: string): Promise<string>;
  /** `path` from the host on. */
  arm(bearer: string, method: string, path: string, body?: unknown): Promise<Answer>;
  as(key: string, method: string, path: string, body?: unknown): Promise<Answer>;
  later(advance: string): Promise<Answer>;
  /** A body that asks for this role for an hour, with what `properties` says otherwise. */
  body(key: string, role: AzureRole, properties?: object): Promise<object>;
  /** Puts that body under a new GUID. */
  ask(key: string, role: AzureRole, properties?: object): Promise<Answer>;
}

export async function visitAzure(): Promise<AzureVisit> {
  const visit = await visitPractice();
  const tokens = new Map<string, Promise<string>>();
  const azureToken: AzureVisit['azureToken'] = async (key, claims) => {
    const scope = 'https://management.azure.com/user_impersonation';
    const answer = await visit.token({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      requested_token_use: 'on_behalf_of',
      assertion: await visit.assertion(key, claims),
      scope,
      ...(claims ? { claims } : {}),
    });
    return answer.body.access_token;
  };
  const tokenOf = (key: string): Promise<string> => {
    const token = tokens.get(key) ?? azureToken(key);
    tokens.set(key, token);
    return token;
  };
  const arm: AzureVisit['arm'] = async (bearer, method, path, body) => {
    const response = await fetch(`${visit.url}/arm${path}`, {
      method,
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const read = text === '' ? undefined : JSON.parse(text);
    return { status: response.status, headers: response.headers, body: read };
  };
  const as: AzureVisit['as'] = async (key, method, path, body) => arm(await tokenOf(key), method, path, body);
  const body: AzureVisit['body'] = async (key, { scope, role }, properties = {}) => {
    const path = `${scope}${provider}/roleEligibilityScheduleInstances?${version}&$filter=asTarget()`;
    const eligible = (await as(key, 'GET', path)).body.value.find(
      (each: { properties: { roleDefinitionId: string } }) => each.properties.roleDefinitionId === role,
    );
    const scheduleInfo = { expiration: { type: 'AfterDuration', duration: 'PT1H' } };
    return {
      properties: {
        principalId: personByKey(key)?.id,
        roleDefinitionId: role,
        requestType: 'SelfActivate',
        linkedRoleEligibilityScheduleId: eligible?.properties.roleEligibilityScheduleId,
        justification: 'the index is stuck',
        scheduleInfo,
        ticketInfo: { ticketNumber: 'INC-4711', ticketSystem: 'ServiceNow' },
        ...properties,
      },
    };
  };
  return Object.assign(Object.create(visit) as Visit, {
    azureToken,
    arm,
    as,
    body,
    later: (advance: string) => visit.control('POST', '/clock', { advance }),
    ask: async (key: string, role: AzureRole, properties?: object) => {
      const path = `${role.scope}${requests}/${randomUUID()}?${version}`;
      return as(key, 'PUT', path, await body(key, role, properties));
    },
  });
}
