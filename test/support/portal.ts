import { elevatedPackage, promptLibrary, standardPackage } from '../../practice/world/packages.js';
import { appId, appSecret, tenantId } from '../../practice/world/people.js';

/** What people do in My Access, past the bot: straight to Graph, each with a token of their own. */

const packages = { standard: standardPackage, elevated: elevatedPackage, prompts: promptLibrary };
const base = '/v1.0/identityGovernance/entitlementManagement';
const replyTo = 'http://localhost:9/reply';
const bot = { client_id: appId, client_secret: appSecret };

export type Portal = ReturnType<typeof openPortal>;

export function openPortal(practiceUrl: string) {
  const sts = `${practiceUrl}/sts/${tenantId}/oauth2/v2.0`;
  const send = (path: string, form: Record<string, string>) =>
    fetch(`${sts}/${path}`, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' });
  const tokenFor = async (form: Record<string, string>): Promise<string> =>
    ((await (await send('token', { ...bot, ...form })).json()) as { access_token: string }).access_token;

  const signIn = async (person: string): Promise<string> => {
    const scope = `api://botid-${appId}/access_as_user`;
    const wish = { client_id: appId, response_type: 'code', redirect_uri: replyTo, scope };
    const request = new URLSearchParams(wish).toString();
    const page = await send('authorize', { request, person, answer: 'accept' });
    const code = new URL(page.headers.get('location') ?? '').searchParams.get('code') ?? '';
    const assertion = await tokenFor({
      grant_type: 'authorization_code',
      code,
      redirect_uri: replyTo,
      scope,
    });
    return tokenFor({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      requested_token_use: 'on_behalf_of',
      assertion,
      scope: 'https://graph.microsoft.com/EntitlementManagement.ReadWrite.All',
    });
  };
  const graph = async (person: string, method: string, path: string, body?: unknown) => {
    const answer = await fetch(`${practiceUrl}/graph${base}${path}`, {
      method,
      headers: { authorization: `Bearer ${await signIn(person)}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text === '' ? {} : JSON.parse(text);
  };

  return {
    /** Answers the id of the request. */
    async ask(person: string, wanted: keyof typeof packages, justification: string): Promise<string> {
      const { id: accessPackageId, policy } = packages[wanted];
      const assignment = { accessPackageId, assignmentPolicyId: policy.id };
      const made = await graph(person, 'POST', '/assignmentRequests', {
        requestType: 'userAdd',
        assignment,
        justification,
      });
      return made.id;
    },
    async decide(person: string, request: string, reviewResult: 'Approve' | 'Deny', justification: string) {
      const approval = `/accessPackageAssignmentApprovals/${request}`;
      const { value } = await graph(person, 'GET', `${approval}/stages`);
      await graph(person, 'PATCH', `${approval}/stages/${value[0].id}`, { reviewResult, justification });
    },
    cancel: (person: string, request: string) =>
      graph(person, 'POST', `/assignmentRequests/${request}/cancel`),
    /** The newest request of this person, as Entra has it. */
    async newest(person: string): Promise<{ readonly id: string; readonly state: string }> {
      const { value } = await graph(person, 'GET', `/assignmentRequests/filterByCurrentUser(on='target')`);
      return value.at(-1);
    },
  };
}
