import { seedByKey } from '../../practice/world/reviews/seeds.js';
import { cardText } from './card-text.js';
import { openFlowStage, type Wishes } from './flow-stage.js';
import { missing } from './missing.js';
import { cardOf, dataOf, isOpened, refOf } from './on-card.js';
import { openPortal } from './portal.js';
import type { Card, Entry, InvokeAnswer, LoggedRequest } from './remote-control.js';
import { until } from './until.js';

interface ReviewWishes extends Wishes {
  /** How many people the research archive has. */
  readonly size?: number;
}

/** A stage on which these reviews run, and ways to a reviewer's card in one of them. */
export async function openReviewStage(reviews: readonly string[], { size, ...wishes }: ReviewWishes = {}) {
  const stage = await openFlowStage('reviews', wishes);
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
    const card = async (): Promise<Entry | undefined> =>
      (await stage.timeline(person)).findLast(({ id, card: shown }) =>
        known.has(key) ? id === known.get(key) : isOpened(shown) && cardText(shown).includes(name),
      );
    const what = `the card of ${person} for the review ${review}`;
    // A sweep that looked just before the review began looks again a little later.
    const found = await until(what, card, 4_000).catch(async () => {
      await stage.jump('PT20S');
      return until(what, card);
    });
    known.set(key, found.id);
    return found;
  };
  const show = (person: string, message: Entry, where: object): Promise<InvokeAnswer> =>
    stage.press(person, message.id, 'reviews.show', { ref: refOf(message.card), ...where });
  /** What another device of this person does with the message as the bot sent it: it asks for their own view. */
  const otherDevice = async (person: string, message: Entry): Promise<InvokeAnswer> => {
    const pictures = (await stage.requests('connector')).map(({ body }) => pictureIn(body));
    const ref = refOf(message.card);
    const refresh = pictures.findLast((action) => action?.data.ref === ref);
    if (refresh === undefined) return missing(`message with the reference ${ref}`);
    return stage.press(person, message.id, refresh.verb, refresh.data);
  };

  try {
    if (reviews.length > 0) await start(reviews, size === undefined ? {} : { size });
  } catch (error) {
    await stage.close();
    throw error;
  }
  return {
    ...stage,
    ...{ portal, start, packet, show, otherDevice },
    reset: async (): Promise<void> => {
      known.clear();
      await stage.reset();
    },
    /** Opens the card of one person whom the review is about; buttons of it can be pressed afterwards. */
    async about(person: string, message: Entry, review: string, whom: string): Promise<Card> {
      const { id } = await portal.reviewItem(person, review, whom);
      return cardOf(await show(person, message, { mode: 'person', item: id }));
    },
    /** What a button sends about one person whose card is open. */
    data: async (person: string, message: Entry, verb: string) =>
      dataOf((await stage.entry(person, message.id)).card, verb),
    /** Decisions that reached Graph, one by one or taken back; inside a batch each counts. */
    decisions: async (): Promise<readonly LoggedRequest[]> =>
      (await stage.requests('graph')).filter(
        ({ method, path, user }) =>
          user !== undefined &&
          ((method === 'PATCH' && path.includes('/decisions/')) || path.includes('/batchRecordDecisions')),
      ),
  };
}

export type ReviewStage = Awaited<ReturnType<typeof openReviewStage>>;

interface RefreshAction {
  readonly verb: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What the card in a message asks for by itself. */
function pictureIn(body: unknown): RefreshAction | undefined {
  const sent = body as { attachments?: { content?: { refresh?: { action: RefreshAction } } }[] } | undefined;
  return sent?.attachments?.[0]?.content?.refresh?.action;
}
