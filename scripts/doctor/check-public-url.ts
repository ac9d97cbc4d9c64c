import { isLoopbackHost } from '../../src/base/config-reader.js';
import { error, type Finding, ok } from './finding.js';
import { type Fetch, look, said } from './look.js';

/** Where people's browsers and Teams reach the bot; in practice mode that is this machine. */
export async function checkPublicUrl(
  publicUrl: string,
  { fetch, practice }: { readonly fetch: Fetch; readonly practice: boolean },
): Promise<readonly Finding[]> {
  return [address(publicUrl, practice), await health(publicUrl, fetch)];
}

function address(publicUrl: string, practice: boolean): Finding {
  const id = 'public.address';
  const { protocol, hostname } = new URL(publicUrl);
  const local = isLoopbackHost(hostname);
  if (practice && local) return ok(id, 'Practice mode: the bot is for this machine only.');
  if (protocol === 'https:' && !local) return ok(id, `${hostname} over https.`);
  return error(id, {
    what: `LATCHKEY_PUBLIC_URL is ${local ? 'an address of this machine' : 'not an https address'}.`,
    why: 'The sign-in button leads there, and an authorization code comes back to it.',
    fix: 'Set it to the https address under which browsers reach the bot.',
  });
}

async function health(publicUrl: string, fetch: Fetch): Promise<Finding> {
  const id = 'public.health';
  const looked = await look(`${publicUrl}/healthz`, { fetch });
  if (looked.kind === 'answer' && looked.status === 200) return ok(id, 'The bot answers there.');
  return error(id, {
    what: `${publicUrl}/healthz ${said(looked)}.`,
    why: 'If the bot cannot be reached there, Teams cannot reach it either.',
    fix: 'Start the bot; then check the name, the certificate and what forwards to the port of the bot.',
  });
}
