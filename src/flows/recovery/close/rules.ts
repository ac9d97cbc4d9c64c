import { noteIsShort } from '../../../base/note-is-short.js';
import { type Decision, permit, refuse } from '../../../policy/decision.js';
import type { Capability } from '../../../policy/policy.js';

/** What of a case counts here. */
export interface CaseToClose {
  readonly id: string;
  readonly subject: string;
  readonly kind: string;
  readonly about: { readonly subjectName: string };
  readonly issuer: string;
  readonly pass: { readonly id: string } | undefined;
  readonly opened_at: number;
  readonly closed_at: number;
}

export interface CloseFacts {
  readonly capability: Capability;
  readonly card: { readonly expired: boolean };
  readonly me: { readonly id: string; readonly name: string; readonly guest: boolean };
  /** One that lets them make passes for this person, as of now. */
  readonly holdsRole: boolean;
  readonly one: CaseToClose;
  /** Who made what the person knows nothing of. */
  readonly changedBy: readonly string[];
  /** A pass is perhaps being made at this moment. */
  readonly busy: boolean;
  readonly note: string;
}

export interface CloseArgs {
  readonly [key: string]: string | number;
  readonly caseId: string;
  readonly subject: string;
  readonly name: string;
  /** Id of the last pass; empty: there was none. */
  readonly pass: string;
  /** Every pass since then is deleted, whoever made it. */
  readonly since: number;
  readonly note: string;
  readonly byName: string;
}

export function decideClose(facts: CloseFacts): Decision<'recovery.close', CloseArgs> {
  const code = whyNot(facts);
  if (code !== undefined) return refuse(code, []);
  const { one, me, note } = facts;
  const { subject, about, pass } = one;
  const args = {
    caseId: one.id,
    subject,
    name: about.subjectName,
    pass: pass?.id ?? '',
    // What somebody knows nothing of was there before they said so.
    since: one.kind === 'not-me' ? 0 : one.opened_at,
    note,
    byName: me.name,
  };
  return permit('recovery.close', args, [one.issuer === me.id ? 'issuer' : 'entra.role']);
}

/** Whoever made the pass closes the case also when their role has ended since. */
function whyNot({
  me,
  one,
  capability,
  card,
  holdsRole,
  note,
  changedBy,
  busy,
}: CloseFacts): string | undefined {
  if (me.id === one.subject) return 'recovery.own-case';
  if (changedBy.includes(me.id)) return 'recovery.own-change';
  if (capability !== 'act') return 'flows.off';
  if (me.guest) return 'recovery.guest-issues';
  if (!holdsRole && one.issuer !== me.id) return 'recovery.no-role';
  if (one.closed_at !== 0) return 'recovery.closed';
  if (card.expired) return 'flows.card-expired';
  if (noteIsShort(note)) return 'recovery.close-note';
  return busy ? 'recovery.pass-under-way' : undefined;
}
