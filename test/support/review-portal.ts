import { appId, appSecret, tenantId } from '../../practice/world/people.js';

const base = '/v1.0/identityGovernance/accessReviews/definitions';
const replyTo = 'http://localhost:9/reply';
const bot = { client_id: appId, client_secret: appSecret };

export interface PortalDecision {
  readonly id: string;
  readonly principal: { readonly id: string; readonly displayName: string };
}

/** What reviewers and administrators do about reviews in the portal, past the bot: straight to Graph, in their own name. */
export function openReviewPortal(practiceUrl: string) {
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
    const grant = { grant_type: 'authorization_code', code, redirect_uri: replyTo, scope };
    return tokenFor({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      requested_token_use: 'on_behalf_of',
      assertion: await tokenFor(grant),
      scope: 'https://graph.microsoft.com/AccessReview.ReadWrite.All',
    });
  };
  const graph = async <T>(person: string, method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await fetch(`${practiceUrl}/graph${base}${path}`, {
      method,
      headers: { authorization: `Bearer ${await signIn(person)}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text === '' ? (undefined as T) : JSON.parse(text);
  };
  const placeOf = (definition: string, instance: string) => `/${definition}/instances/${instance}/decisions`;

  return {
    /** Straight to Graph, below `definitions`. */
    graph,
    /** What this person has to decide. */
    async mine(person: string, definition: string, instance: string): Promise<readonly PortalDecision[]> {
      const path = `${placeOf(definition, instance)}/filterByCurrentUser(on='reviewer')`;
      return (await graph<{ value: readonly PortalDecision[] }>(person, 'GET', path)).value;
    },
    decide: (
      person: string,
      { definition, instance, id }: { definition: string; instance: string; id: string },
      decision: { readonly decision: string; readonly justification: string },
    ) => graph<void>(person, 'PATCH', `${placeOf(definition, instance)}/${id}`, decision),
  };
}
