import { appId, appSecret, tenantId } from '../../practice/world/people.js';

const replyTo = 'http://localhost:9/reply';
const bot = { client_id: appId, client_secret: appSecret };

/** Straight to Graph, past the bot, with a token of one person that carries one permission. */
export function asPerson(practiceUrl: string, permission: string) {
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
      scope: `https://graph.microsoft.com/${permission}`,
    });
  };

  /** `path` from the version on. */
  // biome-ignore lint/suspicious/noExplicitAny: looked at field by field
  return async (person: string, method: string, path: string, body?: unknown): Promise<any> => {
    const answer = await fetch(`${practiceUrl}/graph${path}`, {
      method,
      headers: { authorization: `Bearer ${await signIn(person)}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text === '' ? {} : JSON.parse(text);
  };
}
