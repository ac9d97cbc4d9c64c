import { z } from 'zod/v4';
import { userById } from '../../graph/directory.js';
import { isNotFound } from '../../graph/errors.js';
import type { GraphReader } from '../../graph/graph.js';
import { privilegeOf } from '../../graph/recovery/recovery.js';
import { carryOut, outcomeOf } from '../carry-out.js';
import { claimOfStep } from '../claims.js';
import { flowError } from '../errors.js';
import { type Outcome, verb } from '../flow.js';
import { cardFacts, knownCard } from '../known-card.js';
import { refused } from '../refused.js';
import type { HouseServices, Turn } from '../turn.js';
import { issueCard } from './cards/issue-card.js';
import { type Case, caseById, caseOf, itemOf } from './cases.js';
import { deniedIn } from './changes/rows.js';
import { closeEffect, closeKey } from './close/effect.js';
import { type CloseFacts, decideClose } from './close/rules.js';
import { saysOf } from './errors.js';
import { issueKind } from './follow/card-rows.js';
import { mayMakePass } from './who/issuers.js';

/** Ends a case, and takes away the pass that nobody has used. */
export const close = verb({
  name: 'recovery.close',
  scopes: ['UserAuthMethod-TAP.ReadWrite.All'],
  input: z.strictObject({ ref: z.string().max(64), note: z.string().max(2000).default('') }),
  async run(turn, { ref, note }): Promise<Outcome> {
    const card = await knownCard(turn, ref, [issueKind]);
    const one = await caseOf(turn.services, card);
    if (one === undefined) throw flowError('flows.unknown-card');
    const shown = async (): Promise<Outcome> =>
      picture(turn, ref, (await caseById(turn.services, one.id)) ?? one);
    const key = closeKey(one.id, one.pass?.id ?? '');
    const own = (await claimOfStep(turn.services, key))?.actor_id === turn.actor.objectId;
    const repeated = own ? await outcomeOf(turn, closeEffect, key, ref, shown) : undefined;
    if (repeated !== undefined) return repeated;
    const decision = decideClose({
      ...(await readFacts(turn, one)),
      card: cardFacts(turn, card),
      note: note.trim(),
    });
    if (decision.kind === 'permit') return carryOut(turn, decision, closeEffect, ref, shown);
    const says = saysOf(decision.code);
    return refused(turn, ref, { ...decision, says }, () =>
      picture(turn, ref, one, `${says.says} ${says.next}`),
    );
  },
});

async function readFacts(turn: Turn, one: Case): Promise<Omit<CloseFacts, 'card' | 'note'>> {
  const { services, actor, reference } = turn;
  const reader = services.graph.reader(reference);
  const [me, holdsRole, denied, busy] = await Promise.all([
    userById(reader, actor.objectId),
    isPrivileged(reader, one).then((privileged) => mayMakePass(reader, actor.objectId, privileged)),
    deniedIn(services, one.id),
    isPassUnderWay(services, one.id),
  ]);
  const { id, name, guest } = { ...me, id: actor.objectId };
  const capability = services.policy.flows.recovery;
  const changedBy = denied.map(({ by_id: by }) => by);
  return { capability, me: { id, name, guest }, holdsRole, one, changedBy, busy };
}

/** Whose account is deleted has no role any more; what was known of them counts. */
async function isPrivileged(reader: GraphReader, { subject, privileged }: Case): Promise<boolean> {
  try {
    return (await privilegeOf(reader, subject)).privileged;
  } catch (error) {
    if (isNotFound(error)) return privileged === 1;
    throw error;
  }
}

async function isPassUnderWay({ store }: HouseServices, caseId: string): Promise<boolean> {
  const claim = await store.db
    .selectFrom('claims')
    .select('id')
    .where('item', '=', itemOf(caseId))
    .where('effect', '=', 'recovery.issue')
    .where('state', '=', 'claimed')
    .executeTakeFirst();
  return claim !== undefined;
}

async function picture({ services, actor }: Turn, ref: string, one: Case, problem = ''): Promise<Outcome> {
  const reader = { person: actor.objectId, ref, mri: '', problem };
  return { kind: 'card', card: await issueCard(services, one, reader), ref };
}
