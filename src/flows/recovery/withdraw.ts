import { z } from 'zod/v4';
import type { Permit } from '../../policy/decision.js';
import type { Tx } from '../../store/store.js';
import { flowError } from '../errors.js';
import { type Outcome, verb } from '../flow.js';
import { cardFacts, knownCard } from '../known-card.js';
import { refused } from '../refused.js';
import type { Turn } from '../turn.js';
import { caseCard } from './cards/case-card.js';
import { caseKind } from './cards/case-row.js';
import { type Case, caseOf, changeCase, isOpen, itemOf } from './cases.js';
import { inWrongHands } from './clean-up/in-wrong-hands.js';
import { saysOf } from './errors.js';
import { decideWithdraw } from './open/own-rules.js';

/** It turned up again, or somebody was mistaken: nobody has to do anything any more. */
export const withdraw = verb({
  name: 'recovery.withdraw',
  scopes: [],
  input: z.object({ ref: z.string().max(64) }),
  async run(turn, { ref }): Promise<Outcome> {
    const { services, actor } = turn;
    const row = await knownCard(turn, ref, [caseKind]);
    const one = await caseOf(services, row);
    if (one === undefined) throw flowError('flows.unknown-card');
    // The same press delivered twice is no refusal.
    if (one.state === 'withdrawn') return picture(turn, ref, one);
    const decision = decideWithdraw({
      capability: services.policy.flows.recovery,
      card: cardFacts(turn, row),
      me: actor.objectId,
      subject: one.subject,
      openedBy: one.opened_by,
      caseId: one.id,
      kind: one.kind,
      wrongHands: inWrongHands(one),
      open: isOpen(one),
      state: one.state,
      passMade: one.pass !== undefined,
    });
    if (decision.kind === 'refuse') return no(turn, ref, one, decision);
    const taken = await takeBack(turn, decision.permit);
    if (taken !== undefined) return picture(turn, ref, taken);
    // Somebody was faster, between our look and our press.
    const now = (await caseOf(services, row)) ?? one;
    if (now.state === 'withdrawn') return picture(turn, ref, now);
    return no(turn, ref, now, { code: 'recovery.pass-made', basis: decision.basis });
  },
});

async function takeBack(
  { services, actor, reference }: Turn,
  { args }: Permit<'recovery.withdraw', { caseId: string }>,
): Promise<Case | undefined> {
  const taken = await services.store.write(async (tx) => {
    const by = { actor: actor.objectId, reference };
    const busy = await isBusy(tx, args.caseId);
    return changeCase(tx, services, args.caseId, by, (one) => {
      const early = one.pass === undefined && (one.state === 'attest' || one.state === 'issue');
      if (busy || !isOpen(one) || !early || one.kind === 'not-me') return undefined;
      return { state: 'withdrawn' };
    });
  });
  services.wake();
  return taken;
}

/** A pass is perhaps being made at this moment: it would be left without anybody who takes it away again. */
async function isBusy(tx: Tx, caseId: string): Promise<boolean> {
  const claim = await tx
    .selectFrom('claims')
    .select('id')
    .where('item', '=', itemOf(caseId))
    .where('state', '=', 'claimed')
    .where('effect', '<>', 'recovery.sign-out')
    .executeTakeFirst();
  return claim !== undefined;
}

async function picture({ services, actor }: Turn, ref: string, one: Case, problem = ''): Promise<Outcome> {
  const reader = { person: actor.objectId, ref, mri: '', problem };
  return { kind: 'card', card: await caseCard(services, one, reader), ref };
}

function no(
  turn: Turn,
  ref: string,
  one: Case,
  why: { readonly code: string; readonly basis: readonly string[] },
): Promise<Outcome> {
  const says = saysOf(why.code);
  return refused(turn, ref, { ...why, says }, () => picture(turn, ref, one, `${says.says} ${says.next}`));
}
