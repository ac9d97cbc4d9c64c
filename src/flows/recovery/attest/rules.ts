import { noteIsShort } from '../../../base/note-is-short.js';
import { type Decision, permit, refuse } from '../../../policy/decision.js';
import type { Capability } from '../../../policy/policy.js';

type Way = 'in-person' | 'video' | 'call-back';
type Kind = 'lost' | 'stolen' | 'broken' | 'new-phone' | 'locked-out' | 'key-lost' | 'starter' | 'not-me';

/** What of a case counts here. */
export interface CaseInDoubt {
  readonly id: string;
  readonly subject: string;
  readonly opened_by: string;
  readonly kind: Kind;
  readonly state: string;
  readonly about: { readonly subjectName: string; readonly openerName: string; readonly note: string };
  readonly privileged: 0 | 1;
  readonly attested: readonly { readonly by: string; readonly byName: string }[];
  readonly issuer: string;
  readonly opened_at: number;
  readonly closed_at: number;
}

export interface AttestFacts {
  readonly capability: Capability;
  readonly card: { readonly expired: boolean };
  readonly me: { readonly id: string; readonly name: string; readonly guest: boolean };
  /** With those alone whose word still counts. */
  readonly one: CaseInDoubt;
  /** Who made what the person knows nothing of. */
  readonly changedBy: readonly string[];
  /** How often they vouched before, and it does not count any more. */
  readonly round: number;
  /** How many people it takes. */
  readonly needed: number;
  /** Among those who may vouch now, and not when the card was sent. */
  readonly isAttester: boolean;
  /** They are the manager, and became it too lately. */
  readonly isNewManager: boolean;
  /** Without them nobody could make the pass. */
  readonly isOnlyIssuer: boolean;
  /** As it came with the press: anything. */
  readonly how: string;
  readonly note: string;
  /** ISO; the moment of the press. */
  readonly at: string;
}

/** What is recorded, and what the card right after the press is made of. */
export interface AttestArgs {
  readonly [key: string]: string | number | boolean;
  readonly caseId: string;
  readonly kind: Kind;
  readonly subject: string;
  readonly subjectName: string;
  readonly openedBy: string;
  readonly openedAt: string;
  readonly said: string;
  readonly privileged: boolean;
  readonly how: Way | '';
  readonly note: string;
  readonly by: string;
  readonly byName: string;
  readonly at: string;
  readonly have: number;
  readonly needed: number;
  readonly vouched: string;
  readonly round: number;
}

export function decideAttest(facts: AttestFacts): Decision<'recovery.attest', AttestArgs> {
  const no = nobodyElse(facts) ?? whenOver(facts) ?? unfit(facts);
  if (no !== undefined) return refuse(no.code, no.basis);
  const how = wayOf(facts.how);
  if (how === undefined)
    return refuse(facts.how === '' ? 'recovery.attest-how' : 'recovery.no-chat', ['chat alone is no answer']);
  if (noteIsShort(facts.note)) return refuse('recovery.attest-note', []);
  const { one, me } = facts;
  const args = {
    ...argsOf(facts),
    how,
    have: one.attested.length + 1,
    vouched: [...one.attested.map(({ byName }) => byName), me.name].join(', '),
  };
  return permit('recovery.attest', args, [
    one.privileged === 1 ? 'recovery.attestations.privileged' : 'recovery.attestations.members',
  ]);
}

/** Whoever was asked may say no, also when they have said yes before. */
export function decideRefuse(facts: AttestFacts): Decision<'recovery.refuse', AttestArgs> {
  const no = nobodyElse(facts) ?? whenOver(facts) ?? (hasAttested(facts) ? undefined : unfit(facts));
  if (no !== undefined) return refuse(no.code, no.basis);
  if (noteIsShort(facts.note)) return refuse('recovery.refuse-note', []);
  return permit('recovery.refuse', argsOf(facts), ['any attester']);
}

interface No {
  readonly code: string;
  readonly basis: readonly string[];
}

/** Before anything else is even asked: nobody vouches for themselves, nor for what they did. */
function nobodyElse({ me, one, capability, changedBy }: AttestFacts): No | undefined {
  if (me.id === one.subject) return no('recovery.own-attest', 'self-approval never');
  if (capability !== 'act') return no('flows.off', 'flows.recovery');
  if (me.guest) return no('recovery.guest-attest', 'guests never');
  if (changedBy.includes(me.id)) return no('recovery.own-change', 'own change');
  if (me.id === one.issuer) return no('recovery.issuer-attest', 'issuer is not attester');
  return undefined;
}

function whenOver({ one, card }: AttestFacts): No | undefined {
  if (one.closed_at !== 0) return { code: 'recovery.closed', basis: [] };
  if (one.kind === 'not-me') return no('recovery.not-handled', 'incident first');
  if (one.state !== 'attest') return { code: 'recovery.attest-over', basis: [] };
  return card.expired ? { code: 'flows.card-expired', basis: [] } : undefined;
}

function unfit(facts: AttestFacts): No | undefined {
  if (hasAttested(facts)) return { code: 'recovery.attested-already', basis: [] };
  if (facts.isNewManager) return no('recovery.new-manager', 'recovery.managerChangedWithin');
  if (facts.isOnlyIssuer) return no('recovery.only-issuer', 'issuer is not attester');
  return facts.isAttester ? undefined : no('recovery.not-attester', 'recovery.attesters');
}

function no(code: string, ...basis: readonly string[]): No {
  return { code, basis };
}

function hasAttested({ one, me }: AttestFacts): boolean {
  return one.attested.some(({ by }) => by === me.id);
}

const ways: readonly Way[] = ['in-person', 'video', 'call-back'];

export function wayOf(how: string): Way | undefined {
  return ways.find((way) => way === how);
}

function argsOf({ one, me, how, note, at, needed, round }: AttestFacts): AttestArgs {
  const { about } = one;
  return {
    caseId: one.id,
    kind: one.kind,
    subject: one.subject,
    subjectName: about.subjectName,
    openedBy: one.opened_by === one.subject ? '' : about.openerName,
    openedAt: new Date(one.opened_at).toISOString(),
    said: about.note,
    privileged: one.privileged === 1,
    how: wayOf(how) ?? '',
    note,
    by: me.id,
    byName: me.name,
    at,
    have: one.attested.length,
    needed,
    vouched: one.attested.map(({ byName }) => byName).join(', '),
    round,
  };
}
