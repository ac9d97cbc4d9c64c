import { createHash } from 'node:crypto';
import { z } from 'zod/v4';
import type { Ids } from '../src/base/ids.js';
import { plainClaims } from '../src/identity/claims.js';
import type { SealedValues } from './sealed-value.js';

/** What the person is to agree to, and how strongly they must sign in for it. */
export interface SignInNeed {
  /** Object id of whoever pressed: nobody else can use what the window comes back with. */
  readonly person: string;
  readonly scopes: readonly string[];
  /** Claims challenge, as JSON. */
  readonly claims?: string;
  readonly prompt?: 'consent' | 'select_account';
}

/** A window that somebody went through, ready to be redeemed. */
export interface SignedInWindow {
  readonly person: string;
  readonly code: string;
  readonly verifier: string;
  readonly redirectUri: string;
  /** Hash of the claims it had to satisfy; absent: none. */
  readonly claims?: string | undefined;
}

export interface SignIn {
  /** Behind the Sign in button of a login request. */
  linkFor(need: SignInNeed): string;
  /** Where that button leads on to, or nothing when the link is not ours or too old. */
  authorizeUrl(request: string): string | undefined;
  /** For whom this answer of the sign-in service is, or nothing when it did not begin here. */
  cameBack(state: string): CameBack | undefined;
  /** Nothing, when that did not come out of a window of ours, or too long ago. */
  windowIn(sealed: string): SignedInWindow | undefined;
}

export interface CameBack {
  readonly person: string;
  /** The code in a form that the browser and Teams can carry but not read. */
  sealed(code: string): string;
}

export interface SignInOptions {
  readonly values: SealedValues;
  readonly publicUrl: string;
  readonly signInUrl: string;
  readonly tenantId: string;
  readonly appId: string;
  readonly ids: Ids;
}

const need = z.object({
  person: z.string(),
  scopes: z.array(z.string()),
  claims: z.string().optional(),
  prompt: z.enum(['consent', 'select_account']).optional(),
});
const journey = z.object({ person: z.string(), nonce: z.string(), claims: z.string().optional() });
const arrival = journey.extend({ code: z.string() });

/**
 * Only what comes out of this window carries a stronger sign-in: Teams' own tokens never do. Any instance with the
 * same key can redeem it, because the verifier is made again from the nonce inside the seal.
 */
export function createSignIn(options: SignInOptions): SignIn {
  const { values, publicUrl, ids } = options;
  const redirectUri = `${publicUrl}/sign-in/done`;
  const verifierOf = (nonce: string): string => values.secretFor('pkce verifier', nonce);
  return {
    linkFor: (wanted) => `${publicUrl}/sign-in/start?request=${values.seal('start', wanted)}`,
    authorizeUrl(request) {
      const parsed = need.safeParse(values.open('start', request));
      if (!parsed.success) return undefined;
      const { person, claims } = parsed.data;
      const nonce = ids.guid();
      const met = claims === undefined ? {} : { claims: claimsHash(claims) };
      const state = values.seal('state', { person, nonce, ...met });
      const challenge = hash(verifierOf(nonce));
      return authorizeAddress(options, parsed.data, { redirect_uri: redirectUri, state, challenge });
    },
    cameBack(state) {
      const parsed = journey.safeParse(values.open('state', state));
      if (!parsed.success) return undefined;
      const { person } = parsed.data;
      return { person, sealed: (code) => values.seal('window', { ...parsed.data, code }) };
    },
    windowIn(sealed) {
      const parsed = arrival.safeParse(values.open('window', sealed));
      if (!parsed.success) return undefined;
      const { nonce, ...window } = parsed.data;
      return { ...window, verifier: verifierOf(nonce), redirectUri };
    },
  };
}

interface Way {
  readonly redirect_uri: string;
  readonly state: string;
  readonly challenge: string;
}

function authorizeAddress(
  { signInUrl, tenantId, appId }: SignInOptions,
  { scopes, claims, prompt }: z.infer<typeof need>,
  { redirect_uri, state, challenge }: Way,
): string {
  const url = new URL(`${signInUrl}/${tenantId}/oauth2/v2.0/authorize`);
  url.search = new URLSearchParams({
    client_id: appId,
    response_type: 'code',
    response_mode: 'query',
    redirect_uri,
    scope: ['openid', 'profile', `${appId}/access_as_user`, ...scopes].join(' '),
    state,
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...(claims === undefined ? {} : { claims }),
    ...(prompt === undefined ? {} : { prompt }),
  }).toString();
  return url.href;
}

/** Short enough for an address, and the same for the same demand. */
export function claimsHash(claims: string): string {
  return hash(plainClaims(claims));
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
