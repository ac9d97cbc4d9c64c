import { day } from '../../../base/clock.js';
import type { PolicyInfo, RequestInfo } from '../../../graph/entitlement.js';
import { changeCard, openCard } from '../../../jobs/cards.js';
import { enqueue } from '../../../jobs/enqueue.js';
import type { Tx } from '../../../store/store.js';
import { mriOf } from '../../people.js';
import type { HouseServices } from '../../turn.js';
import { pendingCard } from '../cards/decide-card.js';
import { asksAgain, cardStage, decideKind, decideLivesDays, decidePurpose } from '../decide/card-stage.js';
import { type Pending, readPending, type WhoDecides, whoDecides } from '../decide/pending.js';
import type { Seen } from '../seen.js';
import { followAt } from './follow-job.js';
import { splitNamed } from './no-longer.js';
import type { OpenStage } from './open-stage.js';
import { firstReminder } from './remind-job.js';
import { cardsOf, itemOf } from './request-cards.js';

interface Open {
  readonly request: RequestInfo;
  readonly policy: PolicyInfo;
  readonly seen: Seen;
  readonly stage: OpenStage;
}

/** A card to everybody who may decide the open stage, once: who already has one keeps it. */
export async function introduce(
  services: HouseServices,
  { request, policy, seen, stage }: Open,
): Promise<WhoDecides> {
  const who = await whoDecides(services, request, stage);
  // Final ones too: a stale look at a request must not ask anew whoever has seen it settled.
  const shown = (await cardsOf(services, request.id)).filter(
    (row) => row.version > 0 && row.kind === decideKind && cardStage(row) === stage.index,
  );
  const asked = new Set(shown.map((row) => row.person));
  const added = who.approvers.filter(({ user }) => !asked.has(user.id));
  if (added.length === 0) return who;
  const earlier = seen.stages.slice(0, stage.index);
  const pending = await readPending(services, request, { policy, stage, earlier, who });
  const open = shown.filter(({ state }) => state === 'open');
  const { named, settle } = await splitNamed(services, pending, open);
  // Together or not at all: whoever looks next asks nobody new where somebody has a card.
  await services.store.write(async (tx) => {
    for (const { user } of added) await introduceTo(tx, services, pending, user.id);
    if (shown.length === 0) await planNext(tx, services, pending);
    // Who was asked before reads that others can decide it as well now.
    for (const { ref, person } of named) {
      const mri = await mriOf(tx, person);
      const to = { ref, person, mri, problem: '', again: await asksAgain(tx, ref) };
      await changeCard(tx, services.clock, ref, pendingCard(services, pending, to));
    }
    await settle(tx);
  });
  return who;
}

/** The row and its first picture commit together; an open card for the same purpose is found, not made again. */
async function introduceTo(tx: Tx, services: HouseServices, pending: Pending, person: string): Promise<void> {
  const { request, stage } = pending;
  const row = await openCard(tx, services, {
    flow: 'packages',
    kind: decideKind,
    item: itemOf(request.id),
    person,
    purpose: decidePurpose(request.id, person, stage.index),
    expiresAt: new Date(services.clock.now().getTime() + decideLivesDays * day),
  });
  const to = { ref: row.ref, person, mri: await mriOf(tx, person), problem: '', again: false };
  await changeCard(tx, services.clock, row.ref, pendingCard(services, pending, to));
}

/** What happens if nobody decides. */
async function planNext(tx: Tx, services: HouseServices, { request, stage }: Pending): Promise<void> {
  const reminder = firstReminder(services, request.id, stage);
  if (reminder !== undefined) await enqueue(tx, services.clock, reminder);
  if (stage.escalatesAt > services.clock.now().getTime()) {
    await followAt(tx, services.clock, request.id, stage.escalatesAt);
  }
}
