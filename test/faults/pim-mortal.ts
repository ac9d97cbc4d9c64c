import { cardText } from '../support/card-text.js';
import { openMortalBot } from '../support/mortal-bot.js';
import { hasButton, refOf } from '../support/on-card.js';
import { goodReason, type StagedRequest, type StagedTarget } from '../support/pim-stage.js';
import type { Entry, LoggedRequest, RemoteControl } from '../support/remote-control.js';
import { until } from '../support/until.js';

export const typed = {
  minutes: '60',
  reason: goodReason,
  ticketSystem: 'ServiceNow',
  ticketNumber: 'INC-4711',
};

/** What asks, ends and takes back; Entra's own check of a form is the same call. */
export const post = { service: 'graph', method: 'POST', path: 'ScheduleRequests' };
export const patch = { service: 'graph', method: 'PATCH', path: '/steps/' };

interface Staged {
  readonly targets: readonly StagedTarget[];
  readonly requests: readonly StagedRequest[];
}

/** A bot to be killed while it is busy with roles. */
export async function openPimMortal() {
  const bot = await openMortalBot('pim');
  const staged = () => bot.get<Staged>('/pim');
  const answerTo = async (person: string, text: string): Promise<Entry> => {
    const { id } = await bot.say(person, text);
    return until(`an answer to ${person}`, async () => {
      const all = await bot.timeline(person);
      const own = all.findIndex((entry) => entry.id === id);
      return all.slice(own + 1).find(({ card }) => card !== undefined && card.refresh === undefined);
    });
  };
  /** A job that looked just before the clock moved looks again a minute later. */
  const inTime = async <T>(what: string, ask: () => Promise<T | undefined | false>): Promise<T> => {
    for (let look = 0; look < 5; look += 1) {
      const found = await until(what, ask, 4_000).catch(() => undefined);
      if (found !== undefined) return found;
      await bot.advance('PT61S');
    }
    return until(what, ask);
  };
  return {
    ...bot,
    /** The message with the form of one role, and what its button sends from any message. */
    async form(person: string, key: string) {
      const { targets } = await staged();
      const target = targets.find((each) => each.key === key);
      const { id } = await answerTo(person, 'my roles');
      const role = { kind: target?.kind, id: target?.id, scope: target?.scope };
      const answer = await bot.press(person, id, 'pim.form', { role });
      if (!hasButton(answer.value, 'pim.ask')) throw new Error(`No form: ${JSON.stringify(answer.value)}`);
      return { id, data: { ref: refOf(answer.value), ...typed } };
    },
    /** What was asked for in Entra, the newest first. */
    asked: async () => (await staged()).requests,
    text: async (person: string, message: string): Promise<string> =>
      cardText((await bot.timeline(person)).find(({ id }) => id === message)?.card),
    says: (person: string, message: string, fits: RegExp): Promise<string> =>
      inTime(`message ${message} of ${person} to say ${fits}`, async () => {
        const text = cardText((await bot.timeline(person)).find(({ id }) => id === message)?.card);
        return fits.test(text) && text;
      }),
    decideCard: (person: string): Promise<Entry> =>
      until(`a card on which ${person} decides`, async () =>
        (await bot.timeline(person)).findLast(({ card }) => hasButton(card, 'pim.approve')),
      ),
    /** The record holds, and nothing that was begun is left without its end; what died is looked for by a job. */
    async assertHealed(): Promise<void> {
      await inTime('every claim to be healed', async () => (await bot.openClaims()) === 0);
      await bot.assertIntact();
    },
    /** Presses, and dies while this write is under way; `after` as many calls of the same kind that go through. */
    async dieInWrite(
      { after, afterEffect }: { readonly after: number; readonly afterEffect: boolean },
      press: () => Promise<unknown>,
    ): Promise<void> {
      const before = (await bot.requests('graph')).filter(isWrite).length;
      for (let call = 0; call < after; call += 1) await bot.fault({ match: post, do: { delayMs: 1 } });
      await bot.fault({ match: post, do: { delayMs: 30_000, afterEffect } });
      const once = (remote: RemoteControl) =>
        until('the held write', async () => {
          const made = (await remote.requests('graph')).filter(isWrite).slice(before);
          return made.length > after && made[after]?.status === 0;
        });
      await bot.dieAt({ hold: post, afterEffect, once }, press);
    },
  };
}

export type PimMortal = Awaited<ReturnType<typeof openPimMortal>>;

function isWrite({ method, path }: LoggedRequest): boolean {
  return method === 'POST' && path.includes(post.path);
}
