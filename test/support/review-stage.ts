import { seedByKey } from '../../practice/world/reviews/seeds.js';
import { cardActions, cardText } from './card-text.js';
import { openPortal } from './portal.js';
import type { Card, Entry, InvokeAnswer, LoggedRequest } from './remote-control.js';
import { openStage } from './stage.js';
import { until } from './until.js';

export interface Wishes {
  /** How many people the research archive has. */
  readonly size?: number;
  readonly env?: Record<string, string>;
}

/** A stage on which these reviews run, and ways to a reviewer's card in one of them. */
export async function openReviewStage(reviews: readonly string[], { size, env }: Wishes = {}) {
  const stage = await openStage(env);
  const portal = openPortal(stage.url);
  /** Begins reviews, and lets the bot find them. */
  const start = async (keys: readonly string[], more: { readonly size?: number } = {}): Promise<void> => {
    await stage.post('/reviews/start', { reviews: keys, ...more });
    await stage.advance('PT20S');
  };
  const known = new Map<string, string>();
  /** The message about one review, as its reader's own client shows it. */
  const packet = async (person: string, review: string): Promise<Entry> => {
    const name = seedByKey(review)?.definition.displayName ?? review;
    const key = `${person} ${review}`;
    const found = await until(`the card of ${person} for the review ${review}`, async () =>
      (await stage.timeline(person)).findLast(({ id, card }) =>
        known.has(key) ? id === known.get(key) : isOpened(card) && cardText(card).includes(name),
      ),
    );
    known.set(key, found.id);
    return found;
  };
  const show = (person: string, message: Entry, where: object): Promise<InvokeAnswer> =>
    stage.press(person, message.id, 'reviews.show', { ref: refOf(message), ...where });
  /** What another device of this person does with the message as the bot sent it: it asks for their own view. */
  const otherDevice = async (person: string, message: Entry): Promise<InvokeAnswer> => {
    const pictures = (await stage.requests('connector')).map(({ body }) => pictureIn(body));
    const refresh = pictures.findLast((action) => action?.data.ref === refOf(message));
    if (refresh === undefined) throw new Error(`No message with the reference ${refOf(message)} was sent`);
    return stage.press(person, message.id, refresh.verb, refresh.data);
  };
  const entry = async (person: string, id: string): Promise<Entry> => {
    const found = (await stage.timeline(person)).find((each) => each.id === id);
    if (found === undefined) throw new Error(`${person} has no message ${id}`);
    return found;
  };

  try {
    if (reviews.length > 0) await start(reviews, size === undefined ? {} : { size });
  } catch (error) {
    await stage.close();
    throw error;
  }
  return {
    ...stage,
    portal,
    start,
    packet,
    show,
    otherDevice,
    entry,
    /** Opens the card of one person whom the review is about; buttons of it can be pressed afterwards. */
    async about(person: string, message: Entry, review: string, whom: string): Promise<Card> {
      const { id } = await portal.reviewItem(person, review, whom);
      return cardOf(await show(person, message, { mode: 'person', item: id }));
    },
    /** What a button sends about one person whose card is open. */
    data: async (person: string, message: Entry, verb: string) =>
      dataOf((await entry(person, message.id)).card, verb),
    /** Decisions that reached Graph, one by one or taken back; inside a batch each counts. */
    decisions: async (): Promise<readonly LoggedRequest[]> =>
      (await stage.requests('graph')).filter(
        ({ method, path, user }) =>
          user !== undefined &&
          ((method === 'PATCH' && path.includes('/decisions/')) || path.includes('/batchRecordDecisions')),
      ),
    /** Codes of the clicks that were turned away, oldest first. */
    refusals: async (): Promise<readonly string[]> => {
      const rows = await stage
        .store()
        .db.selectFrom('audit')
        .selectAll()
        .where('kind', '=', 'click.refused')
        .orderBy('seq')
        .execute();
      return rows.map(({ data }) => JSON.parse(data).code);
    },
  };
}

export type ReviewStage = Awaited<ReturnType<typeof openReviewStage>>;

/** Its reader's own view: the message itself asks to be refreshed. */
function isOpened(card: Card | undefined): boolean {
  return card !== undefined && card.refresh === undefined;
}

interface RefreshAction {
  readonly verb: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What the card in a message asks for by itself. */
function pictureIn(body: unknown): RefreshAction | undefined {
  const sent = body as { attachments?: { content?: { refresh?: { action: RefreshAction } } }[] } | undefined;
  return sent?.attachments?.[0]?.content?.refresh?.action;
}

/** The reference behind a review's message: every button of it names it. */
export function refOf({ card }: Entry): string {
  const found = cardActions(card).find(({ data }) => typeof data.ref === 'string');
  if (found === undefined) throw new Error(`The card has no reference: ${cardText(card)}`);
  return String(found.data.ref);
}

/** The card in an answer; anything else is a failed test that says what came. */
export function cardOf({ statusCode, type, value }: InvokeAnswer): Card {
  if (type !== 'application/vnd.microsoft.card.adaptive') {
    throw new Error(`No card but ${statusCode} ${type}: ${JSON.stringify(value)}`);
  }
  return value as Card;
}

/** What the button with this verb sends; of several the first whose data agree. */
export function dataOf(card: unknown, verb: string, like: object = {}): Readonly<Record<string, unknown>> {
  const found = cardActions(card).find(
    (action) =>
      action.verb === verb && Object.entries(like).every(([key, value]) => action.data[key] === value),
  );
  if (found === undefined) throw new Error(`The card has no button ${verb}: ${cardText(card)}`);
  return found.data;
}

export function hasButton(card: unknown, verb: string): boolean {
  return cardActions(card).some((action) => action.verb === verb);
}
