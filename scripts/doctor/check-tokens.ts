import { z } from 'zod/v4';
import { isAppError } from '../../src/base/errors.js';
import type { AppTokens } from '../../src/identity/tokens.js';
import { error, type Finding, nameOf, ok } from './finding.js';

export const graphScope = 'https://graph.microsoft.com/.default';
export const teamsScope = 'https://api.botframework.com/.default';

export interface TokenCheck {
  readonly findings: readonly Finding[];
  readonly token: string | undefined;
}

/** Does the bot's credential open this door? The token itself goes no further than the next check. */
export async function checkToken(
  id: 'tokens.graph' | 'tokens.teams',
  scope: string,
  tokens: AppTokens,
): Promise<TokenCheck> {
  try {
    return { findings: [ok(id, 'The credential is accepted.')], token: await tokens.tokenFor(scope) };
  } catch (thrown) {
    return { findings: [refused(id, thrown)], token: undefined };
  }
}

function refused(id: string, thrown: unknown): Finding {
  const what = `The bot gets no token for ${id === 'tokens.graph' ? 'Microsoft Graph' : 'Teams'} (${reasonOf(thrown)}).`;
  const why = id === 'tokens.graph' ? 'It can find nothing and nobody.' : 'It can send no card.';
  const later = isAppError(thrown) && thrown.retry === 'later';
  const fix = later
    ? 'Try again in a minute; if it stays, see whether this machine reaches the sign-in service.'
    : 'Check MICROSOFT_APP_ID, the tenant and the credential against the app registration in Entra.';
  return error(id, { what, why, fix });
}

/** The code of the sign-in service, such as AADSTS700016, helps most; its sentences quote what we do not want to print. */
function reasonOf(thrown: unknown): string {
  const causes = [thrown, thrown instanceof Error ? thrown.cause : undefined];
  const numbers = causes.flatMap((each) =>
    each instanceof Error ? (/AADSTS\d+/.exec(each.message) ?? []) : [],
  );
  return [isAppError(thrown) ? thrown.code : nameOf(thrown), ...numbers].join(', ');
}

const claims = z.object({ roles: z.array(z.string()).default([]) });

/**
 * Application permissions as the token carries them. It is our own token and only looked at, never trusted: what
 * it may do is decided by whoever gets it.
 */
export function rolesIn(token: string): readonly string[] {
  try {
    return claims.parse(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')))
      .roles;
  } catch {
    return [];
  }
}
