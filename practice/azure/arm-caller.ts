import type { PracticeContext } from '../context.js';
import type { PracticeRequest } from '../http/router.js';
import { azureAudience, bearerOf, type Claims, v1Issuer, v2Issuer } from '../sign-in/tokens.js';
import { personById, tenantId } from '../world/people.js';
import type { Asker } from '../world/pim/submit.js';
import { refuse } from '../world/refusal.js';

const audiences = [azureAudience, azureAudience.replace(/\/$/, '')];

/** The person behind a call. Nobody gave the bot itself anything in Azure, so a token of its own ends here. */
export function askerOf(ctx: PracticeContext, { headers, raw }: PracticeRequest): Asker {
  const token =
    bearerOf(headers.authorization) ??
    refuse(401, 'AuthenticationFailed', "Authentication failed. The 'Authorization' header is missing.");
  const found = ctx.tokens.read(token, audiences);
  if ('problem' in found) return refuseToken(found.problem);
  const { claims } = found;
  if (claims.tid !== tenantId || ![v1Issuer(tenantId), v2Issuer(tenantId)].includes(String(claims.iss))) {
    refuse(401, 'InvalidAuthenticationTokenTenant', 'The access token is from the wrong issuer.');
  }
  const person = personById(String(claims.oid));
  if (typeof claims.scp !== 'string' || !person || !claims.scp.split(' ').includes('user_impersonation')) {
    const message = `The client with object id '${String(claims.oid)}' does not have authorization to perform this action.`;
    return refuse(403, 'AuthorizationFailed', message);
  }
  if (!ctx.tenant.accounts.enabled(person))
    refuse(401, 'InvalidAuthenticationToken', 'The user account is disabled.');
  const acrs = stringsIn(claims, 'acrs');
  return {
    person,
    acrs,
    cp1: stringsIn(claims, 'xms_cc').includes('cp1'),
    ip: raw.socket.remoteAddress ?? '',
  };
}

function refuseToken(problem: string): never {
  if (problem === 'jwt expired')
    return refuse(401, 'ExpiredAuthenticationToken', 'The access token expiry UTC time is earlier than now.');
  if (problem.startsWith('jwt audience')) {
    const allowed = audiences.map((each) => `'${each}'`).join(',');
    const message = `The access token has been obtained for wrong audience or resource. It should exactly match with one of the allowed audiences ${allowed}.`;
    return refuse(401, 'InvalidAuthenticationTokenAudience', message);
  }
  return refuse(401, 'InvalidAuthenticationToken', 'The access token is invalid.');
}

function stringsIn(claims: Claims, name: string): string[] {
  const value = claims[name];
  return Array.isArray(value) ? value.map(String) : [];
}
