import type { AuditActor } from '../audits.js';
import { newId } from '../ids.js';
import type { Person } from '../people.js';
import { passWords, securityInfoRow } from './audit.js';
import { type Moment, type Outcome, refuseMethod, withReport } from './outcome.js';
import { hashOf, newCode, type Pass, type PassPolicy, passRange } from './pass.js';
import type { RecoveryState } from './state.js';

export interface PassWish {
  readonly minutes: number | undefined;
  readonly once: boolean | undefined;
  readonly startsAt: string | undefined;
}

export interface MadePass extends Outcome {
  readonly pass: Pass;
  /** Said once, to whoever asked; only its hash stays. */
  readonly code: string;
}

// A client whose clock runs behind may mean "now" by a start that is over.
const startTolerance = 5 * 60_000;

/** A pass for somebody, in place of the one they may have: there is never more than one. */
export function passMade(
  state: RecoveryState,
  moment: Moment,
  { about, wish, by }: { readonly about: Person; readonly wish: PassWish; readonly by: AuditActor },
): MadePass {
  const { policy } = state;
  if (about.userType === 'Guest')
    refuseMethod(400, 'badRequest', 'Temporary Access Pass cannot be added to an external guest user.');
  if (!policy.enabled)
    refuseMethod(
      400,
      'badRequest',
      'Temporary Access Pass is not enabled by the authentication methods policy.',
    );
  const at = new Date(moment.now).toISOString();
  const code = newCode(policy.length);
  const pass: Pass = {
    id: newId(),
    personId: about.id,
    createdAt: at,
    startsAt: startOf(wish, moment.now),
    minutes: minutesOf(wish, policy),
    once: onceOf(wish, policy),
    usedAt: '',
    codeHash: hashOf(code),
  };
  const others = state.passes.filter(({ personId }) => personId !== about.id);
  const next = withReport({ ...state, passes: [...others, pass] }, about.id, moment);
  const row = securityInfoRow({ change: 'registered', what: passWords, about, by, at });
  return { state: next, rows: [row], pass, code };
}

export function passDeleted(
  state: RecoveryState,
  moment: Moment,
  { about, id, by }: { readonly about: Person; readonly id: string; readonly by: AuditActor },
): Outcome {
  const found = state.passes.find((pass) => pass.id === id.toLowerCase() && pass.personId === about.id);
  if (!found) return refuseMethod(404, 'resourceNotFound', 'Authentication method was not found.');
  const next = { ...state, passes: state.passes.filter((pass) => pass !== found) };
  const at = new Date(moment.now).toISOString();
  const row = securityInfoRow({ change: 'deleted', what: passWords, about, by, at });
  return { state: withReport(next, about.id, moment), rows: [row] };
}

function minutesOf({ minutes }: PassWish, policy: PassPolicy): number {
  const wanted = minutes ?? policy.defaultMinutes;
  const least = Math.max(policy.leastMinutes, passRange.least);
  const longest = Math.min(policy.longestMinutes, passRange.longest);
  if (Number.isInteger(wanted) && wanted >= least && wanted <= longest) return wanted;
  return refuseMethod(
    400,
    'badRequest',
    `Invalid LifetimeInMinutes specified. The valid range between ${least} and ${longest}.`,
  );
}

function onceOf({ once }: PassWish, { oneTimeOnly }: PassPolicy): boolean {
  if (oneTimeOnly && once === false)
    refuseMethod(400, 'badRequest', 'Invalid IsUsableOnce specified. The policy requires one-time use.');
  return once ?? oneTimeOnly;
}

function startOf({ startsAt }: PassWish, now: number): string {
  if (startsAt === undefined) return new Date(now).toISOString();
  const start = Date.parse(startsAt);
  if (Number.isNaN(start) || start < now - startTolerance)
    refuseMethod(400, 'badRequest', 'Invalid StartDateTime specified. It must not be in the past.');
  return new Date(Math.max(start, now)).toISOString();
}
