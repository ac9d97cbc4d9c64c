import { z } from 'zod/v4';
import { noteIsShort } from '../../../base/note-is-short.js';
import { managerOf, userById } from '../../../graph/directory.js';
import type { GraphReader } from '../../../graph/graph.js';
import type { CardRow } from '../../../store/schema.js';
import { carryOut, outcomeOf } from '../../carry-out.js';
import { claimOfStep } from '../../claims.js';
import { flowError } from '../../errors.js';
import type { Outcome } from '../../flow.js';
import { cardFacts, knownCard } from '../../known-card.js';
import { refused } from '../../refused.js';
import type { Turn } from '../../turn.js';
import { type AttestReader, attestCard } from '../cards/attest-card.js';
import { type Case, caseOf, itemOf } from '../cases.js';
import { deniedIn } from '../changes/rows.js';
import { saysOf } from '../errors.js';
import { attestKind } from '../follow/card-rows.js';
import { attestersOf, isManagerNew } from '../who/attesters.js';
import { makersOf } from '../who/issuers.js';
import { attestEffect, attestKey, refuseEffect, refuseKey } from './effects.js';
import { counting, needed } from './needed.js';
import { type AttestFacts, decideAttest, decideRefuse, wayOf } from './rules.js';

export const answerInput = z.strictObject({
  ref: z.string().max(64),
  how: z.string().max(40).default(''),
  note: z.string().max(2000).default(''),
});

type Input = z.infer<typeof answerInput>;

/** What both answers share: who may give them is read anew at the press. */
export async function answer(
  turn: Turn,
  verb: 'recovery.attest' | 'recovery.refuse',
  input: Input,
): Promise<Outcome> {
  const card = await knownCard(turn, input.ref, [attestKind]);
  const found = await caseOf(turn.services, card);
  if (found === undefined) throw flowError('flows.unknown-card');
  const one = { ...found, attested: counting(found.attested, turn.services.clock.now().getTime()) };
  const repeated = await ownAnswer(turn, verb, one, card);
  if (repeated !== undefined) return repeated;
  const facts = await readFacts(turn, card, one, input);
  const attest = verb === 'recovery.attest';
  const decision = attest ? decideAttest(facts) : decideRefuse(facts);
  if (decision.kind === 'permit')
    return carryOut(turn, decision, attest ? attestEffect : refuseEffect, card.ref);
  const says = saysOf(decision.code);
  return refused(turn, card.ref, { ...decision, says }, async () => {
    if (!onForm.includes(decision.code))
      return one.state === 'attest' && one.kind !== 'not-me' ? undefined : shown(turn, one, card);
    const written = { how: wayOf(input.how) ?? ('' as const), note: input.note };
    return shown(turn, one, card, { problem: `${says.says} ${says.next}`, written });
  });
}

/** What can be put right on the form, which comes back as it was. */
const onForm: readonly string[] = [
  'recovery.attest-how',
  'recovery.no-chat',
  'recovery.attest-note',
  'recovery.refuse-note',
];

async function shown(
  { services }: Turn,
  one: Case,
  { person, ref }: CardRow,
  form: Pick<AttestReader, 'problem' | 'written'> = {},
): Promise<Outcome> {
  return { kind: 'card', card: await attestCard(services, one, { person, ref, mri: '', ...form }), ref };
}

/** The same button delivered twice is no refusal. */
async function ownAnswer(
  turn: Turn,
  verb: 'recovery.attest' | 'recovery.refuse',
  one: Case,
  card: CardRow,
): Promise<Outcome | undefined> {
  const [effect, key] =
    verb === 'recovery.attest'
      ? ([attestEffect, attestKey(one.id, card.person, await roundOf(turn, one, card.person))] as const)
      : ([refuseEffect, refuseKey(one.id)] as const);
  const claim = await claimOfStep(turn.services, key);
  if (claim?.actor_id !== card.person) return undefined;
  return claim.state === 'done' ? shown(turn, one, card) : outcomeOf(turn, effect, key, card.ref);
}

/** How many words of theirs were dropped: those that were said, but for the one that still counts. */
async function roundOf({ services }: Turn, one: Case, person: string): Promise<number> {
  const said = await services.store.db
    .selectFrom('claims')
    .select('id')
    .where('item', '=', itemOf(one.id))
    .where('action', '=', attestKey(one.id, person, 0).action)
    .where('state', '=', 'done')
    .execute();
  return said.length - (one.attested.some(({ by }) => by === person) ? 1 : 0);
}

/** What comes back for a mistake in the form costs no look into the log, which everybody's cases share. */
function isFilledIn(verb: string, how: string, note: string): boolean {
  return !noteIsShort(note) && (verb === 'recovery.refuse' || wayOf(how) !== undefined);
}

async function readFacts(turn: Turn, card: CardRow, one: Case, { how, note }: Input): Promise<AttestFacts> {
  const { services, actor, reference } = turn;
  const { policy, clock } = services;
  const reader = services.graph.reader(reference);
  const [me, attesters, denied, round] = await Promise.all([
    userById(reader, actor.objectId),
    attestersOf(services, one, { fresh: isFilledIn(turn.verb, how, note) }),
    deniedIn(services, one.id),
    roundOf(turn, one, actor.objectId),
  ]);
  const isAttester = attesters.some(({ id }) => id === actor.objectId);
  return {
    capability: policy.flows.recovery,
    card: cardFacts(turn, card),
    me: { id: actor.objectId, name: me.name, guest: me.guest },
    one,
    changedBy: denied.map(({ by_id: by }) => by),
    round,
    needed: needed(policy.recovery, one),
    isAttester,
    ...(isAttester ? { isNewManager: false, isOnlyIssuer: false } : await whyNot(turn, reader, one)),
    how,
    note: note.trim(),
    at: clock.now().toISOString(),
  };
}

/** For those who are not asked any more, and read why. */
async function whyNot({ services, actor }: Turn, reader: GraphReader, one: Case) {
  const [manager, issuers] = await Promise.all([managerOf(reader, one.subject), makersOf(services, one)]);
  return {
    isNewManager: manager?.id === actor.objectId && (await isManagerNew(services, reader, one, true)),
    isOnlyIssuer: issuers.length === 1 && issuers[0]?.id === actor.objectId,
  };
}
