import { z } from 'zod/v4';
import type { AppError } from '../base/errors.js';
import { because, nameOf } from './because.js';
import { identityError } from './errors.js';

/** What the sign-in service last said about one token request. */
export type StsAnswer =
  | { readonly kind: 'unreachable'; readonly reason: string }
  | { readonly kind: 'answered'; readonly status: number; readonly refusal: StsRefusal };

const refusalShape = z.object({
  error: z.string().max(100).catch(''),
  suberror: z.string().max(100).catch(''),
  error_codes: z.array(z.number()).catch([]),
  /** A claims challenge: what the next sign-in has to bring along. */
  claims: z.string().max(8000).optional().catch(undefined),
});

export type StsRefusal = z.infer<typeof refusalShape>;

export function stsAnswer(status: number, body: string): StsAnswer {
  return { kind: 'answered', status, refusal: refusalShape.parse(status < 400 ? {} : jsonOr(body, {})) };
}

function jsonOr(body: string, other: object): unknown {
  try {
    const parsed: unknown = JSON.parse(body);
    return parsed === null || typeof parsed !== 'object' ? other : parsed;
  } catch {
    return other;
  }
}

/** Tenants and people that cannot get in whatever they do now: asking them to sign in again would only loop. */
const shutOut = new Set([50_020, 50_053, 50_057, 50_105]);
const temporary = new Set(['temporarily_unavailable', 'server_error']);
const ourFault = new Set([
  'invalid_client',
  'unauthorized_client',
  'invalid_request',
  'invalid_resource',
  'invalid_scope',
  'unsupported_grant_type',
]);

/** @azure/identity throws the same class for an outage, a missing consent and a claims challenge; the answer tells. */
export function identityErrorFrom(last: StsAnswer | undefined, thrown: unknown): AppError {
  if (last === undefined) return withoutAnswer(thrown);
  if (last.kind === 'unreachable') return identityError('identity.unavailable', because(last.reason));
  const { status, refusal } = last;
  const code = codeFor(status, refusal);
  const challenge = code === 'identity.step-up-needed' ? refusal.claims : undefined;
  const said = [refusal.error, refusal.suberror, ...refusal.error_codes.map((each) => `AADSTS${each}`)];
  return identityError(code, because([`HTTP ${status}`, ...said.filter((word) => word !== '')].join(' ')), {
    status,
    ...(refusal.error_codes[0] === undefined ? {} : { aadsts: refusal.error_codes[0] }),
    ...(challenge === undefined ? {} : { claims: challenge }),
  });
}

/** The service was not even asked: the certificate, the token file or the platform's own identity is the problem. */
function withoutAnswer(thrown: unknown): AppError {
  const status = thrown instanceof Error && 'statusCode' in thrown ? Number(thrown.statusCode) : 0;
  const code = status === 429 || status >= 500 ? 'identity.unavailable' : 'identity.misconfigured';
  return identityError(code, because(`no request to the sign-in service: ${nameOf(thrown)}`));
}

function codeFor(status: number, { error, suberror, error_codes: codes }: StsRefusal) {
  // A success that the library could not use counts as an outage: the same request may go well a minute later.
  if (status === 429 || status >= 500 || status < 400 || temporary.has(error)) return 'identity.unavailable';
  if (codes.includes(65_001) || error === 'consent_required' || suberror === 'consent_required') {
    return 'identity.consent-needed';
  }
  if (codes.some((code) => (code >= 53_000 && code <= 53_099) || shutOut.has(code)))
    return 'identity.blocked';
  if (error === 'interaction_required') return 'identity.step-up-needed';
  return ourFault.has(error) ? 'identity.misconfigured' : 'identity.sign-in-needed';
}
