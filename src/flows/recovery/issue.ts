import { z } from 'zod/v4';
import type { Permit } from '../../policy/decision.js';
import { carryOut, outcomeOf } from '../carry-out.js';
import { claimOfStep } from '../claims.js';
import { flowError } from '../errors.js';
import { type Outcome, verb } from '../flow.js';
import { knownCard } from '../known-card.js';
import { refused } from '../refused.js';
import type { Turn } from '../turn.js';
import { withoutPass } from './attest/needed.js';
import { issueCard } from './cards/issue-card.js';
import { type Case, caseById, caseOf, changeCase, isOpen } from './cases.js';
import { saysOf } from './errors.js';
import { issueKind } from './follow/card-rows.js';
import { createEar } from './issue/ear.js';
import { issueEffect, issueEffectAlone, issueKey } from './issue/effect.js';
import { type ReadFacts, readFacts } from './issue/facts.js';
import { reveal, revealedAlready, unmake } from './issue/reveal.js';
import { decideIssue, type IssueArgs, type IssueFacts, passThere, wordCounts } from './issue/rules.js';

const input = z.strictObject({
  ref: z.string().max(64),
  /** Id of the pass that the card says is there: whoever presses has read that it stops working. */
  replace: z.string().max(64).default(''),
});

/** Makes a pass with the role of whoever presses, and shows its code once, in the answer to the press. */
export const issue = verb({
  name: 'recovery.issue',
  scopes: ['UserAuthMethod-TAP.ReadWrite.All'],
  input,
  async run(turn, { ref, replace }): Promise<Outcome> {
    const card = await knownCard(turn, ref, [issueKind]);
    const one = await caseOf(turn.services, card);
    if (one === undefined) throw flowError('flows.unknown-card');
    const key = issueKey(one.id, replace);
    const already = () =>
      outcomeOf(turn, issueEffectAlone, key, ref, () => revealedAlready(turn, one.id, replace, ref));
    const before = await claimOfStep(turn.services, key);
    const own = before?.actor_id === turn.actor.objectId;
    const repeated = own ? await already() : undefined;
    if (repeated !== undefined) return repeated;
    const facts = await readFacts(turn, card, one, replace);
    const decision = decideIssue(facts);
    if (decision.kind === 'permit') return makeAndShow(turn, decision, ref);
    // Somebody was faster, perhaps the same press, while the logs were read: the pass that is there now is theirs.
    const late = before === undefined && decision.code === 'recovery.unread-signs';
    const first = late || decision.code === 'recovery.pass-there' ? await already() : undefined;
    if (first !== undefined) return first;
    const now = (await guardBetter(turn, one, facts)) ?? one;
    const says = saysOf(decision.code);
    return refused(turn, ref, { ...decision, says }, () =>
      picture(turn, ref, now, `${says.says} ${says.next}`, facts),
    );
  },
});

interface Permitted {
  readonly permit: Permit<'recovery.issue', IssueArgs>;
  readonly basis: readonly string[];
}

async function makeAndShow(turn: Turn, permitted: Permitted, ref: string): Promise<Outcome> {
  const { args } = permitted.permit;
  const ear = createEar();
  let shown: Outcome | undefined;
  const next = async (): Promise<Outcome> => {
    if (ear.pass() === undefined) return revealedAlready(turn, args.caseId, args.replaces, ref);
    shown = await reveal(turn, args, ref, ear);
    return shown;
  };
  const takeBack = (): void => {
    unmake(turn, args, ref, ear).catch((error: unknown) =>
      turn.services.log.error({ error, reference: turn.reference }, 'a pass that nobody saw was not deleted'),
    );
  };
  try {
    const outcome = await carryOut(turn, permitted, issueEffect(ear), ref, next);
    if (outcome.kind === 'card' && outcome === shown) return { ...outcome, unseen: takeBack };
    takeBack();
    return outcome;
  } catch (error) {
    takeBack();
    throw error;
  }
}

/**
 * Somebody who has got a role since is guarded like everybody who has one, and words that do not count any more are
 * dropped: then others have to vouch.
 */
async function guardBetter(
  { services, reference }: Turn,
  one: Case,
  facts: IssueFacts,
): Promise<Case | undefined> {
  const counts = wordCounts(facts);
  const { recovery } = services.policy;
  const by = { actor: 'latchkey', reference, seen: { privileged: facts.privileged } };
  const after = await services.store.write((tx) =>
    changeCase(tx, services, one.id, by, (now) => {
      if (!isOpen(now)) return undefined;
      const privileged = facts.privileged ? 1 : now.privileged;
      const waits = now.state === 'issue' || now.state === 'attest';
      const attested = waits ? now.attested.filter(counts) : now.attested;
      if (privileged === now.privileged && attested.length === now.attested.length) return undefined;
      const back = now.state === 'issue' ? withoutPass(recovery, { privileged, attested }, facts.now) : {};
      return { privileged, attested, ...back };
    }),
  );
  services.wake();
  return after ?? (facts.privileged ? caseById(services, one.id) : undefined);
}

async function picture(
  { services, actor }: Turn,
  ref: string,
  one: Case,
  problem: string,
  { passes, flags }: ReadFacts,
): Promise<Outcome> {
  const there = passThere(passes);
  const reader = { person: actor.objectId, ref, mri: '', problem, ...(there === undefined ? {} : { there }) };
  const now = { ...one, about: { ...one.about, flags } };
  return { kind: 'card', card: await issueCard(services, now, reader), ref };
}
