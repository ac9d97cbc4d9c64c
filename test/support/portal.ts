import { elevatedPackage, promptLibrary, standardPackage } from '../../practice/world/packages.js';
import { appId, appSecret, tenantId } from '../../practice/world/people.js';
import { directoryPersonByKey } from '../../practice/world/reviewed-people.js';

/** What people do in My Access, past the bot: straight to Graph, each with a token of their own. */

const packages = { standard: standardPackage, elevated: elevatedPackage, prompts: promptLibrary };
const governance = '/v1.0/identityGovernance';
const base = `${governance}/entitlementManagement`;
const definitions = `${governance}/accessReviews/definitions`;
const replyTo = 'http://localhost:9/reply';
const bot = { client_id: appId, client_secret: appSecret };

/** One decision of a review, as Entra has it. */
export interface PortalItem {
  readonly id: string;
  readonly decision: string;
  readonly justification: string;
  readonly reviewedBy: { readonly id: string };
  readonly principal: { readonly id: string; readonly displayName: string };
  readonly resource: { readonly id: string };
}

interface StartedReview {
  readonly key: string;
  readonly id: string;
  readonly instanceId: string | null;
}

export type Portal = ReturnType<typeof openPortal>;

export function openPortal(practiceUrl: string) {
  const sts = `${practiceUrl}/sts/${tenantId}/oauth2/v2.0`;
  const send = (path: string, form: Record<string, string>) =>
    fetch(`${sts}/${path}`, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' });
  const tokenFor = async (form: Record<string, string>): Promise<string> =>
    ((await (await send('token', { ...bot, ...form })).json()) as { access_token: string }).access_token;

  const signIn = async (person: string, permission: string): Promise<string> => {
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
      scope: `https://graph.microsoft.com/${permission}`,
    });
  };
  const call = async (token: string, method: string, path: string, body?: unknown) => {
    const answer = await fetch(`${practiceUrl}/graph${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text === '' ? {} : JSON.parse(text);
  };
  const graph = async (person: string, method: string, path: string, body?: unknown) =>
    call(await signIn(person, 'EntitlementManagement.ReadWrite.All'), method, `${base}${path}`, body);
  const inReviews = async (person: string, method: string, path: string, body?: unknown) =>
    call(await signIn(person, 'AccessReview.ReadWrite.All'), method, path, body);

  /** Where decisions of a running review stand now: in it, or in the stage that is at work. */
  const reviewPath = async (person: string, review: string) => {
    const all = (await (await fetch(`${practiceUrl}/practice/reviews`)).json()) as readonly StartedReview[];
    const found = all.find(({ key }) => key === review);
    const instance = `${definitions}/${found?.id}/instances/${found?.instanceId}`;
    const { value } = await inReviews(person, 'GET', `${instance}/stages`);
    const stage = value.find(({ status }: { readonly status: string }) => status === 'InProgress');
    return { instance, place: stage === undefined ? instance : `${instance}/stages/${stage.id}` };
  };
  const reviewItems = async (person: string, review: string): Promise<readonly PortalItem[]> => {
    const { place } = await reviewPath(person, review);
    return (await inReviews(person, 'GET', `${place}/decisions/filterByCurrentUser(on='reviewer')`)).value;
  };
  const reviewItem = async (person: string, review: string, about: string): Promise<PortalItem> => {
    const id = directoryPersonByKey(about)?.id;
    const found = (await reviewItems(person, review)).find(({ principal }) => principal.id === id);
    if (found === undefined) throw new Error(`${person} has nothing to decide about ${about} in ${review}`);
    return found;
  };

  return {
    /** What this person is to decide in a running review, and how it stands. */
    reviewItems,
    /** One of them, by the key of whom it is about. */
    reviewItem,
    async decideReview(
      person: string,
      review: string,
      about: string,
      decision: 'Approve' | 'Deny' | 'DontKnow',
      justification = '',
    ): Promise<void> {
      const { place } = await reviewPath(person, review);
      const { id } = await reviewItem(person, review, about);
      await inReviews(person, 'PATCH', `${place}/decisions/${id}`, { decision, justification });
    },
    /** An administrator ends the stage that is at work before its day. */
    async stopStage(admin: string, review: string): Promise<void> {
      const { place } = await reviewPath(admin, review);
      await inReviews(admin, 'POST', `${place}/stop`);
    },
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
