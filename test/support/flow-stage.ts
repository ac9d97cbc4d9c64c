import { cardText } from './card-text.js';
import { missing } from './missing.js';
import { hasButton, isOpened, refOf } from './on-card.js';
import { type FlowName, oneFlow } from './one-flow.js';
import type { Entry, InvokeAnswer, LoggedRequest } from './remote-control.js';
import { openStage } from './stage.js';
import { until } from './until.js';

export interface Wishes {
  /** Another policy file, made from the one with this flow alone. */
  readonly policy?: (text: string) => string;
}

/** A stage on which one flow plays alone: what its stories have in common with those of the other flows. */
export async function openFlowStage(flow: FlowName, { policy = (same) => same }: Wishes = {}) {
  const stage = await openStage(policy(oneFlow(flow)));
  const { people } = await stage.get<{ people: readonly { key: string; id: string }[] }>('');
  const now = async (): Promise<Date> =>
    new Date((await stage.get<{ clock: { now: string } }>('')).clock.now);
  const entry = async (person: string, id: string): Promise<Entry> =>
    (await stage.timeline(person)).find((each) => each.id === id) ?? missing(`message ${id} of ${person}`);
  const text = async (person: string, id: string): Promise<string> =>
    cardText((await entry(person, id)).card);
  const settled = (person: string) => stage.get<readonly Entry[]>(`/people/${person}/timeline?settled=true`);
  /** Nothing that is due waits or is under way; what Entra keeps waiting is not waited for. */
  const idle = async (): Promise<void> => {
    const aheadMs = (await now()).getTime() - Date.now();
    const due = () =>
      stage
        .store()
        .db.selectFrom('jobs')
        .select('id')
        .where('state', '=', 'waiting')
        .where('run_at', '<=', Date.now() + aheadMs)
        .executeTakeFirst();
    const isIdle = async () => (await due()) === undefined;
    await until('the jobs that are due', isIdle, patienceMs).catch(() => undefined);
  };

  let newWorldAt = 0;
  /** What the record has of this kind since the last reset, oldest first. */
  const audited = (kind: string) =>
    stage
      .store()
      .db.selectFrom('audit')
      .selectAll()
      .where('kind', '=', kind)
      .where('seq', '>', newWorldAt)
      .orderBy('seq')
      .execute();

  return {
    ...stage,
    ...{ now, entry, text, settled, idle, audited },
    /** Time goes on at once, whatever is under way. */
    jump: stage.advance,
    /** Time goes on, and all that was due by then is done: nobody still looks at Entra with the old time in mind. */
    advance: async (duration: string): Promise<void> => {
      await idle();
      await stage.advance(duration);
      await idle();
    },
    /** All messages of this person's chat that can be read to say this. */
    cardsThatSay: async (person: string, fits: RegExp): Promise<readonly Entry[]> =>
      (await stage.timeline(person)).filter(({ card }) => card !== undefined && fits.test(cardText(card))),
    idOf: (person: string): string => people.find(({ key }) => key === person)?.id ?? missing(person),
    /** The card that answers these words. */
    hear: async (person: string, words: string): Promise<Entry> => {
      const before = new Set((await stage.timeline(person)).map(({ id }) => id));
      await stage.say(person, words);
      return until(`an answer to “${words}” for ${person}`, async () =>
        (await stage.timeline(person)).findLast(
          ({ id, from, card }) => from === 'bot' && isOpened(card) && !before.has(id),
        ),
      );
    },
    /** Waits until one message says this; answers all that it says. */
    says: async (person: string, id: string, fits: RegExp): Promise<string> => {
      let said = '';
      const fitting = async () => {
        said = await text(person, id);
        return fits.test(said);
      };
      await until(() => `message ${id} of ${person} to say ${fits}; it says:\n${said}`, fitting);
      return said;
    },
    /** What one message says once this person's client has asked for all that it asks for by itself. */
    settledText: async (person: string, id: string): Promise<string> =>
      cardText((await settled(person)).find((each) => each.id === id)?.card),
    /** What this person's own client does by itself: it asks how things stand now. */
    look: async (person: string, id: string): Promise<InvokeAnswer> =>
      stage.press(person, id, `${flow}.show`, { ref: refOf((await entry(person, id)).card) }),
    /** Waits for the card on which this person decides the request of somebody. */
    decideCard: (person: string, fits: RegExp = /asks for/): Promise<Entry> =>
      until(`a card on which ${person} decides ${fits}`, async () =>
        (await stage.timeline(person)).findLast(
          ({ card }) => hasButton(card, `${flow}.approve`) && fits.test(cardText(card)),
        ),
      ),
    /** What was asked of Entra that changes something, oldest first; a read by POST does not. */
    sent: (): Promise<readonly LoggedRequest[]> => stage.writes(),
    /** Codes of the clicks that were turned away since the last reset, oldest first. */
    refusals: async (): Promise<readonly string[]> =>
      (await audited('click.refused')).map(({ data }) => JSON.parse(data).code),
    /** Another world for the same bot: what it still meant to do in the last one must not reach anybody in this one. */
    reset: async (): Promise<void> => {
      const { db } = stage.store();
      await stage.clearFaults();
      await idle();
      await stage.store().write((tx) => tx.deleteFrom('jobs').execute());
      await stage.reset();
      const last = await db.selectFrom('audit').select('seq').orderBy('seq', 'desc').executeTakeFirst();
      newWorldAt = last?.seq ?? 0;
    },
  };
}

export type FlowStage = Awaited<ReturnType<typeof openFlowStage>>;

/** More than a busy machine needs: where time goes on meanwhile, what is under way may miss what it was to find. */
const patienceMs = 5_000;
