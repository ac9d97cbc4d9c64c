import { z } from 'zod/v4';
import type { PracticeContext } from '../context.js';
import type { Person } from '../world/people.js';

const claimsShape = z.object({
  access_token: z.object({
    acrs: z.object({ value: z.string().optional(), values: z.array(z.string()).optional() }),
  }),
});

/**
 * What a finished sign-in page leaves behind: the consent it asked for, and a token as strong as it asked for.
 * Both are read from the address of the page (`scope`, `claims`). A page that does not say is taken to ask for
 * whatever stands in this person's way.
 */
export function finishSignIn(ctx: PracticeContext, person: Person, pageUrl: string): string {
  const query = URL.parse(pageUrl, ctx.publicUrl)?.searchParams ?? new URLSearchParams();
  const scopes = graphScopes(query.get('scope') ?? '');
  ctx.tenant.consents.changePerson(person.id, { grant: scopes.length > 0 ? scopes : missing(ctx, person) });
  return ctx.tokens.ssoToken(person, contexts(query.get('claims')) ?? demanded(ctx, person));
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
