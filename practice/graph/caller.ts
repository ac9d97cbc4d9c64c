import type { PracticeContext } from '../context.js';
import { bearerOf, type Claims, graphAppId, graphAudience, v1Issuer, v2Issuer } from '../sign-in/tokens.js';
import { type Person, personById, tenantId } from '../world/people.js';
import { refuse } from '../world/refusal.js';

export type Caller =
  | {
      readonly kind: 'user';
      readonly person: Person;
      readonly scopes: readonly string[];
      /** Authentication contexts that the sign-in satisfied. */
      readonly acrs: readonly string[];
      /** The client can answer a claims challenge. */
      readonly cp1: boolean;
    }
  | { readonly kind: 'app'; readonly roles: readonly string[] };

/** Permissions that open an operation; an empty list means that no such caller may ever use it. */
export interface Access {
  readonly delegated: readonly string[];
  readonly application: readonly string[];
}

export function callerOf(ctx: PracticeContext, authorization: string | undefined): Caller {
  const token = bearerOf(authorization) ?? notSignedIn('Access token is empty.');
  const found = ctx.tokens.read(token, [graphAudience, graphAppId]);
  if ('problem' in found) return notSignedIn(sentences(found.problem));
  const { claims } = found;
  // One key signs for all tenants, as in the real service, so the tenant has to be looked at by itself.
  if (claims.tid !== tenantId || ![v1Issuer(tenantId), v2Issuer(tenantId)].includes(String(claims.iss))) {
    notSignedIn('Access token validation failure. Invalid issuer or tenant.');
  }
  if (typeof claims.scp !== 'string') return { kind: 'app', roles: stringsIn(claims, 'roles') };
  const person = personById(String(claims.oid)) ?? notSignedIn('Access token validation failure.');
  if (!ctx.tenant.accounts.enabled(person)) notSignedIn('The user account is disabled.');
  const cp1 = stringsIn(claims, 'xms_cc').includes('cp1');
  return { kind: 'user', person, scopes: claims.scp.split(' '), acrs: stringsIn(claims, 'acrs'), cp1 };
}

/** Same answer whether a scope or a role is missing: Graph does not say which one it wanted. */
export function checkAccess(caller: Caller, access: Access): void {
  const held = caller.kind === 'user' ? caller.scopes : caller.roles;
  const wanted = caller.kind === 'user' ? access.delegated : access.application;
  if (!wanted.some((permission) => held.includes(permission))) denied();
}

export function denied(): never {
  return refuse(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');
}

export function notSignedIn(message: string): never {
  return refuse(401, 'InvalidAuthenticationToken', message);
}

/** The person behind a delegated call; calls of the app itself end here. */
export function personOf(caller: Caller): Person {
  return caller.kind === 'user' ? caller.person : denied();
}

function sentences(problem: string): string {
  if (problem === 'jwt expired') return 'Lifetime validation failed, the token is expired.';
  if (problem.startsWith('jwt audience')) return 'Access token validation failure. Invalid audience.';
  if (problem === 'jwt malformed') return 'IDX14100: JWT is not well formed.';
  return 'Access token validation failure. Signature is invalid.';
}

function stringsIn(claims: Claims, name: string): string[] {
  const value = claims[name];
  return Array.isArray(value) ? value.map(String) : [];
}
