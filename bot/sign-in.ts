import { z } from 'zod/v4';
import type { SignedValues } from './signed-value.js';

/** What the person is to agree to, and how strongly they must sign in for it. */
export interface SignInNeed {
  readonly scopes: readonly string[];
  /** Claims challenge, as JSON. */
  readonly claims?: string;
}

export interface SignIn {
  /** Behind the Sign in button of a login request. */
  linkFor(need: SignInNeed): string;
  /** Where that button leads on to, or nothing when the link is not ours or too old. */
  authorizeUrl(request: string): string | undefined;
  /** Did this answer of the sign-in service begin here? */
  isOurs(state: string): boolean;
}

export interface SignInOptions {
  readonly signed: SignedValues;
  readonly publicUrl: string;
  readonly signInUrl: string;
  readonly tenantId: string;
  readonly appId: string;
}

const need = z.object({ scopes: z.array(z.string()), claims: z.string().optional() });

/**
 * The page only lets the person agree. The code that comes back is not used: Teams hands the bot a fresh token of
 * the person at the next press, and that one is exchanged.
 */
export function createSignIn(options: SignInOptions): SignIn {
  const { signed, publicUrl, signInUrl, tenantId, appId } = options;
  return {
    linkFor: (wanted) => `${publicUrl}/sign-in/start?request=${signed.seal('start', wanted)}`,
    authorizeUrl(request) {
      const parsed = need.safeParse(signed.open('start', request));
      if (!parsed.success) return undefined;
      const url = new URL(`${signInUrl}/${tenantId}/oauth2/v2.0/authorize`);
      url.search = new URLSearchParams({
        client_id: appId,
        response_type: 'code',
        response_mode: 'query',
        redirect_uri: `${publicUrl}/sign-in/done`,
        scope: ['openid', 'profile', ...parsed.data.scopes].join(' '),
        prompt: 'consent',
        state: signed.seal('done', {}),
        ...(parsed.data.claims === undefined ? {} : { claims: parsed.data.claims }),
      }).toString();
      return url.href;
    },
    isOurs: (state) => signed.open('done', state) !== undefined,
  };
}
