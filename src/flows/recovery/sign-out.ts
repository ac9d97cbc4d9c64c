import { z } from 'zod/v4';
import { revokeSessions } from '../../graph/recovery/recovery.js';
import { carryOut } from '../carry-out.js';
import { effect } from '../effect.js';
import { flowError } from '../errors.js';
import { type Outcome, verb } from '../flow.js';
import { cardFacts, knownCard } from '../known-card.js';
import { refused } from '../refused.js';
import type { HouseServices, Turn } from '../turn.js';
import { type CaseExtras, caseCard, caseCardFrom, signOutKey } from './cards/case-card.js';
import { caseKind } from './cards/case-row.js';
import { caseSnapshot, snapshotOf } from './cards/case-snapshot.js';
import { type Case, caseById, caseOf, isOpen, queueShow } from './cases.js';
import { signedOutSince } from './clean-up/signed-out-since.js';
import { saysOf } from './errors.js';
import { decideSignOut } from './open/own-rules.js';

/** Signs whoever the case is about out everywhere, at once and by themselves: a thief has no minute to lose. */
export const signOut = verb({
  name: 'recovery.sign-out',
  scopes: ['User.RevokeSessions.All', 'User.Read'],
  input: z.object({ ref: z.string().max(64) }),
  async run(turn, { ref }): Promise<Outcome> {
    const { services, actor } = turn;
    const row = await knownCard(turn, ref, [caseKind]);
    const one = await caseOf(services, row);
    if (one === undefined) throw flowError('flows.unknown-card');
    const decision = decideSignOut({
      capability: services.policy.flows.recovery,
      card: cardFacts(turn, row),
      me: actor.objectId,
      subject: one.subject,
      one: snapshotOf(one),
      open: isOpen(one),
      now: services.clock.now().getTime(),
    });
    if (decision.kind === 'refuse') {
      const says = saysOf(decision.code);
      const problem = `${says.says} ${says.next}`;
      return refused(turn, ref, { ...decision, says }, () => picture(turn, ref, one, problem));
    }
    return carryOut(turn, decision, signOutEffect, ref, async () =>
      picture(turn, ref, (await caseById(services, one.id)) ?? one),
    );
  },
});

async function picture({ services, actor }: Turn, ref: string, one: Case, problem = ''): Promise<Outcome> {
  const reader = { person: actor.objectId, ref, mri: '', problem };
  return { kind: 'card', card: await caseCard(services, one, reader), ref };
}

const args = z.object({ one: caseSnapshot, at: z.number() });
const receipt = z.object({ from: z.string() });

type Args = z.infer<typeof args>;

export const signOutEffect = effect({
  name: 'recovery.sign-out',
  args,
  receipt,
  key: ({ one }) => signOutKey(one.id),
  act: (graph) => revokeSessions(graph, 'me'),
  recorded: (graph, done) => signedOutSince(graph, 'me', done.at),
  healed: (reader, done) => signedOutSince(reader, done.one.subject, done.at),
  settled: (tx, services, { args: { one } }) => queueShow(tx, services, one.id),
  working: (services, done) => pictureThen(services, done, { signingOut: true }),
  done: (services, done) => pictureThen(services, done, { signedOutAt: new Date(done.at).toISOString() }),
  async notDone(services, { one }, { card_ref: ref }) {
    const { says, next } = saysOf('recovery.not-signed-out');
    const reader = { person: one.subject, ref, mri: '', problem: `${says} ${next}` };
    const now = await caseById(services, one.id);
    return now === undefined ? caseCardFrom(services, one, reader) : caseCard(services, now, reader);
  },
});

/** As the case was when it was pressed: how it stands now is put there in a moment. */
function pictureThen(services: HouseServices, { one }: Args, extras: CaseExtras) {
  return caseCardFrom(services, one, { person: one.subject, ref: '', mri: '' }, extras);
}
