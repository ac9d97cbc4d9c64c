import { z } from 'zod/v4';
import { type DecisionInfo, myDecisions } from '../../graph/access-review.js';
import { changeCard } from '../../jobs/cards.js';
import type { PacketRow } from '../../store/schema.js';
import { type Outcome, verb } from '../flow.js';
import { refused } from '../refused.js';
import type { Turn } from '../turn.js';
import { homeCard } from './cards/home-card.js';
import { noBanner } from './cards/item-views.js';
import { finishedCard, overCard } from './cards/over-card.js';
import { pageCard } from './cards/page-card.js';
import { personCard } from './cards/person-card.js';
import type { BannerView } from './cards/views.js';
import { saysOf } from './errors.js';
import { type Reading, readMyItem, readReview } from './facts.js';
import { freshenReminders } from './notices/reminder-card.js';
import { changePacket } from './packets.js';
import { guestBlocked } from './rules.js';
import { shownOnly, shownText } from './shown.js';

export const scopes = ['AccessReview.ReadWrite.All'];

/** Opens a review where its reader left off, or where they want to go. Also what their client asks for by itself. */
export const show = verb({
  name: 'reviews.show',
  scopes,
  input: z.strictObject({
    ref: z.string().max(64),
    mode: z.enum(['home', 'one', 'list', 'person']).optional(),
    skip: z.coerce.number().int().min(0).max(1_000_000).optional(),
    item: z.guid().optional(),
    /** Some clients send what was typed with every button; nobody decides anything here. */
    reason: z.string().max(4000).optional(),
  }),
  async run(turn, { ref, mode, skip, item }): Promise<Outcome> {
    const reading = await readReview(turn, ref);
    // Who may not decide it sees what it is about, and nobody's facts.
    if (guestBlocked(reading.facts) !== undefined) return showAt(turn, reading, { mode: 'home', skip: 0 });
    if (mode === 'person') return showItem(turn, reading, item ?? '');
    if (mode !== undefined) return showAt(turn, reading, { mode, skip: skip ?? 0 });
    const { packet } = reading;
    return showAt(turn, reading, { mode: packet.mode, skip: packet.skip, asWas: true });
  },
});

export interface At {
  readonly mode: PacketRow['mode'];
  readonly skip: number;
  /** Only looked at again, by a client: a press that was made meanwhile knows better where its reader is. */
  readonly asWas?: boolean;
}

export interface Said {
  readonly banner: BannerView;
  readonly problem: string;
  readonly typed: string;
  /** Decided a moment ago; Entra's list may not know yet. */
  readonly except: string;
}

export const nothingSaid: Said = { banner: noBanner, problem: '', typed: '', except: '' };

/** The card for a place in the list, and the place is kept. */
export async function showAt(
  turn: Turn,
  reading: Reading,
  at: At,
  said: Said = nothingSaid,
): Promise<Outcome> {
  const { ref } = reading;
  if (!reading.facts.running) return { kind: 'card', card: overCard(turn.services, reading), ref };
  switch (at.mode) {
    case 'home':
      return keep(turn, reading, at, await homeCard(turn, reading, said));
    case 'list':
      return keep(turn, reading, at, await pageCard(turn, reading, { skip: at.skip, said }));
    case 'one':
      return showNext(turn, reading, at, said);
  }
}

/** The next one nobody has decided, past those the reader wants to look at later. */
async function showNext(turn: Turn, reading: Reading, at: At, said: Said): Promise<Outcome> {
  const { place } = reading;
  const { skip } = at;
  const query = { decision: 'NotReviewed', insights: true, top: said.except === '' ? 1 : 2 };
  const page = await myDecisions(turn.graph, place, { ...query, skip });
  const items = page.items.filter(({ id }) => id !== said.except);
  const left = (page.count ?? -1) - (page.items.length - items.length);
  const [item] = items;
  if (item !== undefined) {
    const shown = await personCard(turn, reading, item, { skip, left, said });
    return keep(turn, reading, at, { ...shown, left });
  }
  // All the rest was put off, or was decided meanwhile: from the start again, once.
  if (skip > 0) return showNext(turn, reading, { ...at, skip: 0 }, said);
  // A page can be empty though there is more: nobody is finished on that.
  if (left > 0) return showAt(turn, reading, { mode: 'home', skip: 0 }, said);
  return finish(turn, reading, said);
}

/** Nothing is left for this reader: their message says so from now on, and nobody reminds them. */
async function finish(turn: Turn, reading: Reading, said: Said): Promise<Outcome> {
  const { services } = turn;
  const card = await finishedCard(turn, reading, said.banner);
  const { ref } = reading.packet;
  const shown = said.except === '' ? reading.packet.shown : shownOnly(said.except);
  const finished = { mode: 'home', skip: 0, left_over: 0, shown } as const;
  await services.store.write(async (tx) => {
    await tx.updateTable('packets').set(finished).where('ref', '=', ref).execute();
    // The message itself becomes this card, with the way back on it: nothing makes it anew behind its reader.
    await changeCard(tx, services.clock, ref, card);
  });
  await freshenReminders(services, reading.review, [turn.actor.objectId]);
  services.wake();
  return { kind: 'card', card, ref };
}

interface Made {
  readonly card: Extract<Outcome, { kind: 'card' }>['card'];
  readonly items: readonly DecisionInfo[];
  readonly left: number;
}

async function keep(turn: Turn, reading: Reading, at: At, { card, items, left }: Made): Promise<Outcome> {
  const shown = shownText(items);
  const now = { mode: at.mode, skip: at.skip, shown, left_over: left };
  await changePacket(turn.services, reading.ref, now, at.asWas === true ? reading.packet : undefined);
  return { kind: 'card', card, ref: reading.ref };
}

/** One particular person: out of the list, or back on the card because something was wrong with a press. */
export async function showItem(
  turn: Turn,
  reading: Reading,
  id: string,
  said: Said & { readonly conflict?: boolean } = nothingSaid,
): Promise<Outcome> {
  const { ref } = reading;
  const [item, open] = await Promise.all([
    readMyItem(turn, reading, id),
    myDecisions(turn.graph, reading.place, { decision: 'NotReviewed', top: 1 }),
  ]);
  if (item === undefined) return refuseItem(turn, ref);
  if (!reading.facts.running) return { kind: 'card', card: overCard(turn.services, reading), ref };
  const left = open.count ?? -1;
  const { card } = await personCard(turn, reading, item, { skip: 0, left, said });
  await changePacket(turn.services, ref, { shown: shownText([item]), left_over: left });
  return { kind: 'card', card, ref };
}

function refuseItem(turn: Turn, ref: string): Promise<Outcome> {
  const code = 'reviews.not-yours';
  const why = { code, basis: ['entra.reviewers'], says: saysOf(code) };
  return refused(turn, ref, why, async () => undefined);
}
