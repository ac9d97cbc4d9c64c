import { second } from '../../../base/clock.js';
import { claimOfStep } from '../../claims.js';
import type { Outcome } from '../../flow.js';
import type { Turn } from '../../turn.js';
import { withoutPass } from '../attest/needed.js';
import { issueCard } from '../cards/issue-card.js';
import { codeCard } from '../cards/pass-card.js';
import { caseById, changeCase, isOpen } from '../cases.js';
import { saysOf } from '../errors.js';
import { endReading, isBeingRead } from './being-read.js';
import type { Ear } from './ear.js';
import { issueKey, removePass } from './effect.js';
import type { IssueArgs } from './rules.js';

/** What a press that made a pass answers with: the only card there ever is with its code. */
export async function reveal(
  turn: Turn,
  { caseId, name }: IssueArgs,
  ref: string,
  ear: Ear,
): Promise<Outcome> {
  const { services, actor, reference } = turn;
  const made = ear.pass();
  const late = services.clock.now().getTime() >= turn.answerBy;
  const code = late ? undefined : ear.take();
  if (made === undefined || code === undefined) throw new TypeError('There is no pass to be shown');
  const by = { actor: actor.objectId, reference, seen: { shown: made.id } };
  // Before it is shown: a pass that somebody might know must never count as unseen.
  const one = await services.store.write((tx) =>
    changeCase(tx, services, caseId, by, ({ pass, closed_at, kind, about }) =>
      pass?.id === made.id && closed_at === 0 && kind !== 'not-me' && !ear.isClosed()
        ? {
            state: 'sign-in',
            pass: { ...pass, shown: true },
            about: { shown: [...(about.shown ?? []), pass.madeAt] },
          }
        : undefined,
    ),
  );
  services.wake();
  // It was closed, or another pass was made, meanwhile: nobody is to use this one.
  if (one === undefined) throw new TypeError('The case went on without this pass');
  return { kind: 'card', card: codeCard({ name, ref, reference, code, pass: made }), ref };
}

/** So long a press that comes again is Teams sending it twice, and the first answer stands where it was pressed. */
const sentAgainWithin = 20 * second;

/** What the same press gets when it comes again, or somebody else's that came second. */
export async function revealedAlready(
  turn: Turn,
  caseId: string,
  replaces: string,
  ref: string,
): Promise<Outcome> {
  const { services, actor } = turn;
  const { says, next } = saysOf('recovery.shown-once');
  const text = `${says} ${next}`;
  const claim = await claimOfStep(services, issueKey(caseId, replaces));
  const one = await caseById(services, caseId);
  const since = services.clock.now().getTime() - sentAgainWithin;
  // Its answer was lost, so there is no code in this message, and the card says that nobody has seen it.
  const unheard = claim?.card_ref === ref && !(await isBeingRead(services, ref));
  // A card would take the place of the one that is just being read.
  if (one === undefined || (!unheard && (claim?.settled_at ?? 0) > since)) return { kind: 'notice', text };
  const problem = isOpen(one) && one.pass?.shown === true ? text : '';
  const reader = { person: actor.objectId, ref, mri: '', problem };
  return { kind: 'card', card: await issueCard(services, one, reader), ref };
}

/** A pass that nobody saw in time is deleted at once, while the token of whoever made it is at hand. */
export async function unmake(
  turn: Turn,
  { caseId, subject }: IssueArgs,
  ref: string,
  ear: Ear,
): Promise<void> {
  ear.close();
  const made = ear.pass();
  if (made === undefined) return;
  const { services, actor, reference, graph } = turn;
  try {
    await services.store.write(async (tx) => {
      await endReading(tx, ref);
      const by = { actor: actor.objectId, reference, seen: { unseen: made.id } };
      await changeCase(tx, services, caseId, by, (one) => {
        if (one.pass?.id !== made.id || !isOpen(one)) return undefined;
        const { madeAt } = one.pass;
        const pass = { ...one.pass, shown: false };
        const about = { shown: (one.about.shown ?? []).filter((at) => at !== madeAt) };
        const now = services.clock.now().getTime();
        const back = one.state === 'sign-in' ? withoutPass(services.policy.recovery, one, now) : {};
        return { ...back, pass, about };
      });
    });
    services.wake();
  } finally {
    await removePass(graph, subject, made.id);
  }
}
