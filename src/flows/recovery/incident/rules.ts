import { noteIsShort } from '../../../base/note-is-short.js';
import { type Decision, permit, refuse } from '../../../policy/decision.js';
import type { Capability } from '../../../policy/policy.js';

export interface IncidentFacts {
  readonly capability: Capability;
  readonly card: { readonly expired: boolean };
  readonly me: { readonly id: string; readonly name: string; readonly guest: boolean };
  readonly one: {
    readonly id: string;
    readonly subject: string;
    readonly closed_at: number;
    readonly about: { readonly subjectName: string };
  };
  /** Who made what the person knows nothing of. */
  readonly changedBy: readonly string[];
  readonly at: number;
}

export type DropArgs = {
  readonly caseId: string;
  readonly subject: string;
  readonly subjectName: string;
  readonly passes: string[];
  readonly at: number;
};

export type HandledArgs = {
  readonly caseId: string;
  readonly subject: string;
  readonly subjectName: string;
  /** How many changes it was about. */
  readonly denied: number;
  readonly by: string;
  readonly byName: string;
  readonly note: string;
  readonly at: number;
};

/** Takes away whatever was made to open the account with. Entra asks again whether their role is enough. */
export function decideDrop(
  facts: IncidentFacts & { readonly hasRole: boolean; readonly passes: readonly string[] },
): Decision<'recovery.drop-passes', DropArgs> {
  const none = facts.passes.length === 0 ? 'recovery.no-pass-there' : undefined;
  const code = whyNot(facts) ?? (facts.hasRole ? none : 'recovery.no-role');
  if (code !== undefined) return refuse(code, []);
  const { one, at, passes } = facts;
  return permit('recovery.drop-passes', { ...about(one), passes: [...passes], at }, ['own role']);
}

/** Whoever made the change does not say that it was alright, and neither does whoever holds the account. */
export function decideHandled(
  facts: IncidentFacts & {
    readonly note: string;
    readonly looksAfter: boolean;
    /** Passes with which somebody can sign in just now. */
    readonly passesLeft: number;
  },
): Decision<'recovery.handled', HandledArgs> {
  const { one, me, note, at, changedBy } = facts;
  const short = noteIsShort(note) ? 'recovery.handled-note' : undefined;
  const left = facts.passesLeft > 0 ? 'recovery.pass-left' : undefined;
  const code = whyNot(facts) ?? (facts.looksAfter ? (short ?? left) : 'recovery.not-security');
  if (code !== undefined) return refuse(code, []);
  const said = { by: me.id, byName: me.name, note, at, denied: changedBy.length };
  return permit('recovery.handled', { ...about(one), ...said }, ['security']);
}

function whyNot({ capability, card, me, one, changedBy }: IncidentFacts): string | undefined {
  if (me.id === one.subject) return 'recovery.own-case';
  if (changedBy.includes(me.id)) return 'recovery.own-change';
  if (me.guest) return 'recovery.guest-helps';
  if (capability !== 'act') return 'flows.off';
  if (card.expired) return 'flows.card-expired';
  return one.closed_at === 0 ? undefined : 'recovery.closed';
}

function about({ id, subject, about: { subjectName } }: IncidentFacts['one']) {
  return { caseId: id, subject, subjectName };
}
