import { z } from 'zod/v4';
import { type Clock, minute, second } from '../../src/base/clock.js';
import { jwksUri, signingKeys } from '../../src/identity/jwks.js';
import { error, type Finding, nameOf, ok } from './finding.js';
import { type Fetch, look, said } from './look.js';

const mostSkew = 2 * minute;
const openId = z.object({ issuer: z.string() });

/** Where the keys come from with which Teams signs: without them every click is turned away. */
export async function checkChannelMetadata(url: string, fetch: Fetch): Promise<readonly Finding[]> {
  const id = 'metadata.teams';
  const wrong = (what: string): readonly Finding[] => [
    error(id, {
      what: `The signing keys of Teams cannot be had: ${what}.`,
      why: 'Without them the bot turns everybody away.',
      fix: `Let this machine reach ${new URL(url).origin}, and check LATCHKEY_CHANNEL_METADATA_URL.`,
    }),
  ];
  const metadata = await look(url, { fetch });
  if (metadata.kind === 'silence' || metadata.status !== 200) return wrong(`the metadata ${said(metadata)}`);
  try {
    const keys = await look(jwksUri(metadata.body, url, []), { fetch });
    if (keys.kind === 'silence' || keys.status !== 200) return wrong(`the key set ${said(keys)}`);
    const endorsed = [...signingKeys(keys.body).values()].filter((key) =>
      key.endorsements.includes('msteams'),
    );
    if (endorsed.length === 0) return wrong('none of the keys may speak for Teams');
    return [ok(id, `${endorsed.length} signing ${endorsed.length === 1 ? 'key' : 'keys'} of Teams.`)];
  } catch (thrown) {
    return wrong(`the answer is not understood (${nameOf(thrown)})`);
  }
}

export interface SignInPlace {
  readonly signInUrl: string;
  readonly tenantId: string;
}

/** Is it there, does it know the tenant, and what time does it think it is? */
export async function checkSignInMetadata(
  { signInUrl, tenantId }: SignInPlace,
  { fetch, clock }: { readonly fetch: Fetch; readonly clock: Clock },
): Promise<readonly Finding[]> {
  const id = 'metadata.sign-in';
  const before = clock.now().getTime();
  const looked = await look(`${signInUrl}/${tenantId}/v2.0/.well-known/openid-configuration`, { fetch });
  const after = clock.now().getTime();
  const why = 'Nobody can sign in, and the bot cannot either.';
  if (looked.kind === 'silence' || looked.status >= 500) {
    const fix = `Let this machine reach ${new URL(signInUrl).origin}.`;
    return [error(id, { what: `The sign-in service ${said(looked)}.`, why, fix })];
  }
  const issuer = openId.safeParse(looked.body);
  if (looked.status !== 200 || !issuer.success || !issuer.data.issuer.endsWith(`/${tenantId}/v2.0`)) {
    const fix = 'Set MICROSOFT_APP_TENANT_ID to the id of your Entra tenant.';
    return [
      error(id, { what: `The sign-in service does not know the tenant (it ${said(looked)}).`, why, fix }),
    ];
  }
  return [ok(id, 'The sign-in service answers for the tenant.'), skew(looked.date, (before + after) / 2)];
}

/** The Date header counts whole seconds, which does not matter at this size. */
function skew(date: string | undefined, ours: number): Finding {
  const id = 'clock.skew';
  const theirs = Date.parse(date ?? '');
  if (Number.isNaN(theirs)) return ok(id, 'The sign-in service does not say what time it is.');
  const off = Math.abs(ours - theirs);
  if (off <= mostSkew) return ok(id, `The clock is right to ${Math.ceil(off / second)} s.`);
  return error(id, {
    what: `The clock of this machine is off by ${Math.round(off / second)} s.`,
    why: 'Tokens look expired or not valid yet, quiet hours and deadlines are wrong.',
    fix: 'Turn on time synchronisation (chrony, systemd-timesyncd or the host’s own).',
  });
}
