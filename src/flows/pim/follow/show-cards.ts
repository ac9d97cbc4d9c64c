import { changeCard, openCard } from '../../../jobs/cards.js';
import type { ActivationRow, CardRow } from '../../../store/schema.js';
import { mriOf } from '../../people.js';
import type { HouseServices } from '../../turn.js';
import { aboutOf, isOver, itemOf } from '../activations.js';
import { decidedCard } from '../cards/decided-card.js';
import { statusCard } from '../cards/status-card.js';
import { decideLives, type Pending, pendingCard, readPending } from '../decide/pending.js';

/**
 * One activation's cards, made from what is known now. Calling it twice changes nothing the second time, except with
 * `nudge`: then its asker's card is sent all the same, so that their client looks where the bot may not.
 */
export async function showCards(services: HouseServices, row: ActivationRow, nudge = false): Promise<void> {
  const waits = row.state === 'asked' && aboutOf(row).approval;
  const pending = waits ? await readPending(services, row) : undefined;
  const cards = await cardsOf(services, row.id);
  if (pending !== undefined) await introduce(services, pending, cards);
  const names = pending?.approvers.map(({ name }) => name) ?? [];
  for (const card of cards) {
    if (card.kind === 'pim.status')
      await showStatus(services, row, card, { waitingFor: names.slice(0, 5).join(', '), nudge });
    else if (card.kind === 'pim.decide' && pending === undefined) await showDecided(services, row, card);
    else if (card.kind === 'pim.decide' && pending !== undefined) await keepFrom(services, pending, card);
  }
  services.wake();
}

/** A card to everybody who may decide it, once: who already has one keeps it, also a final one. */
async function introduce(
  services: HouseServices,
  pending: Pending,
  cards: readonly CardRow[],
): Promise<void> {
  const { row } = pending;
  const asked = new Set(cards.filter(({ kind }) => kind === 'pim.decide').map(({ person }) => person));
  for (const { id: person } of pending.approvers) {
    if (asked.has(person)) continue;
    await services.store.write(async (tx) => {
      const card = await openCard(tx, services, {
        flow: 'pim',
        kind: 'pim.decide',
        item: itemOf(row.id),
        person,
        purpose: `pim.decide:${row.id}:${person}`,
        expiresAt: new Date(services.clock.now().getTime() + decideLives),
      });
      const mri = await mriOf(tx, person);
      const picture = pendingCard(services, pending, { ref: card.ref, person, mri, problem: '' });
      await changeCard(tx, services.clock, card.ref, picture);
    });
  }
}

/** Whoever is no approver any more keeps the card without its buttons: the request is open, only not for them. */
async function keepFrom(services: HouseServices, pending: Pending, card: CardRow): Promise<void> {
  const { person, ref } = card;
  // In Azure the bot knows only some of them.
  if (pending.row.kind === 'azure' || pending.mayDecide.includes(person)) return;
  const picture = pendingCard(services, pending, { ref, person, mri: '', problem: '', mayDecide: false });
  await services.store.write((tx) => changeCard(tx, services.clock, ref, picture));
}

async function showStatus(
  services: HouseServices,
  row: ActivationRow,
  card: CardRow,
  { waitingFor, nudge }: { readonly waitingFor: string; readonly nudge: boolean },
): Promise<void> {
  const final = isOver(row.state);
  await services.store.write(async (tx) => {
    // What is over does not change any more: nobody's client has to look again.
    const mri = final ? '' : await mriOf(tx, card.person);
    const picture = statusCard(services, row, { ref: card.ref, mri, waitingFor });
    await changeCard(tx, services.clock, card.ref, picture, { final, force: nudge && !final });
  });
}

async function showDecided(services: HouseServices, row: ActivationRow, card: CardRow): Promise<void> {
  const picture = decidedCard(services, row, { person: card.person });
  await services.store.write((tx) => changeCard(tx, services.clock, card.ref, picture, { final: true }));
}

function cardsOf(services: HouseServices, activationId: string): Promise<readonly CardRow[]> {
  return services.store.db.selectFrom('cards').selectAll().where('item', '=', itemOf(activationId)).execute();
}
