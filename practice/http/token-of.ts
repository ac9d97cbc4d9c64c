import jwt from 'jsonwebtoken';
import type { LoggedRequest } from './request-log.js';

/**
 * Whom the token of a request speaks for, for the log only: nothing is verified here. For the sign-in service
 * the token that counts is the assertion in the form.
 */
export function tokenOf(
  header: string | undefined,
  body: unknown,
): Pick<LoggedRequest, 'token' | 'user' | 'app'> {
  const token = /^Bearer +(\S+)$/i.exec(header ?? '')?.[1] ?? assertionIn(body);
  const claims = token ? jwt.decode(token, { json: true }) : null;
  if (!claims) return { token: 'none' };
  const app = claims.appid ?? claims.azp ?? claims.iss;
  const named = typeof app === 'string' ? { app } : {};
  if (typeof claims.scp !== 'string') return { token: 'app', ...named };
  return { token: 'user', ...(typeof claims.oid === 'string' ? { user: claims.oid } : {}), ...named };
}

function assertionIn(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('assertion' in body)) return undefined;
  return typeof body.assertion === 'string' ? body.assertion : undefined;
}
