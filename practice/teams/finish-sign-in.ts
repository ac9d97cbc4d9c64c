import { z } from 'zod/v4';
import type { PracticeContext } from '../context.js';
import type { Person } from '../world/people.js';

const claimsShape = z.object({
  access_token: z.object({
    acrs: z.object({ value: z.string().optional(), values: z.array(z.string()).optional() }),
  }),
});

export interface SignInPage {
  readonly url: string;
  /** False when the page was really used: what it granted is recorded already. */
  readonly grant: boolean;
}

/**
 * What a finished sign-in page leaves behind: the consent it asked for, and a token as strong as it asked for.
 * Both are read from the address it leads to (`scope`, `claims`). A page that does not say is taken to ask for
 * whatever stands in this person's way.
 */
export async function finishSignIn(ctx: PracticeContext, person: Person, page: SignInPage): Promise<string> {
  const { searchParams } = await leadsTo(ctx, page.url);
  const scopes = graphScopes(searchParams.get('scope') ?? '');
  if (page.grant) {
    ctx.tenant.consents.changePerson(person.id, { grant: scopes.length > 0 ? scopes : missing(ctx, person) });
  }
  return ctx.tokens.ssoToken(person, contexts(searchParams.get('claims')) ?? demanded(ctx, person));
}

/** A page of the bot usually sends the browser on to the sign-in service; only there it says what it wants. */
async function leadsTo(ctx: PracticeContext, address: string): Promise<URL> {
  const url = asUrl(address, ctx.publicUrl);
  const says = url.searchParams.has('scope') || url.searchParams.has('claims');
  // Nobody but the bot under test is called for an address that came out of a card.
  if (says || url.origin !== new URL(ctx.botUrl).origin) return url;
  try {
    const page = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(5_000) });
    return asUrl(page.headers.get('location') ?? '', url.href);
  } catch {
    return url;
  }
}

function asUrl(address: string, base: string): URL {
  return URL.canParse(address, base) ? new URL(address, base) : new URL(base);
}

function graphScopes(scope: string): string[] {
  return scope
    .split(/[\s+]+/)
    .map((name) => name.replace('https://graph.microsoft.com/', ''))
    .filter((name) => name !== '' && !name.includes('/') && !notForGraph.has(name));
}

const notForGraph = new Set(['openid', 'profile', 'email', 'offline_access', '.default']);

function missing({ tenant }: PracticeContext, person: Person): string[] {
  const has = new Set(tenant.consents.delegated(person.id));
  return tenant.consents.forEverybody().filter((scope) => !has.has(scope));
}

function contexts(claims: string | null): string[] | undefined {
  if (claims === null) return undefined;
  try {
    const { value, values } = claimsShape.parse(JSON.parse(claims)).access_token.acrs;
    return value === undefined ? values : [value];
  } catch {
    return undefined;
  }
}

function demanded({ tenant }: PracticeContext, person: Person): string[] {
  const stepUp = tenant.accounts.stepUp(person.id);
  return stepUp ? [stepUp.require] : [];
}
