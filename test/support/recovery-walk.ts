import { cardText } from './card-text.js';
import { missing } from './missing.js';
import { hasButton, isOpened } from './on-card.js';
import { isPassCard, nameOf } from './recovery-card.js';
import type { Entry, InvokeAnswer, RemoteControl } from './remote-control.js';
import { until } from './until.js';

/** Long enough for everybody who has to say how they know. */
export const goodNote = 'Saw her on video, and she knew our first project';

/** Logs may be read five times in ten seconds: what has to wait for that gets the time it takes. */
const timely =
  (remote: RemoteControl) =>
  async <T>(what: string, ask: () => Promise<T | undefined | false>): Promise<T> => {
    for (let look = 0; look < 8; look += 1) {
      const found = await until(what, ask, 1_200).catch(() => undefined);
      if (found !== undefined) return found;
      await remote.advance('PT11S');
    }
    return until(what, ask, 2_000);
  };

/** The way to a pass by remote control alone: for a bot in a process of its own. */
export function walkOf(remote: RemoteControl) {
  const inTime = timely(remote);
  /** The newest card of this person with this button. */
  const cardWith = (person: string, verb: string, fits = /./): Promise<Entry> =>
    inTime(`a card of ${person} with ${verb} that says ${fits}`, async () =>
      (await remote.timeline(person)).findLast(
        ({ card }) => hasButton(card, verb) && fits.test(cardText(card)),
      ),
    );
  const passes = async (person: string) => {
    const { people } = await remote.get<{
      people: readonly { key: string; passes: readonly { id: string; state: string }[] }[];
    }>('/recovery');
    return people.find(({ key }) => key === person)?.passes ?? missing(person);
  };
  return {
    inTime,
    cardWith,
    passes,
    /** A case that somebody vouched for; answers the card on which the pass is made. */
    async ready(about: string, by: string, issuer = 'helpdesk'): Promise<Entry> {
      await remote.advance('PT11S');
      await remote.say(about, 'I cannot sign in');
      const asked = await inTime('the question', async () =>
        (await remote.timeline(about)).findLast(
          ({ card }) => isOpened(card) && hasButton(card, 'recovery.open'),
        ),
      );
      await remote.press(about, asked.id, 'recovery.open', { what: 'new-phone' });
      const vouch = await cardWith(by, 'recovery.attest', new RegExp(nameOf(about)));
      await remote.advance('PT11S');
      await remote.press(by, vouch.id, 'recovery.attest', { how: 'video', note: goodNote });
      const card = await cardWith(issuer, 'recovery.issue', new RegExp(nameOf(about)));
      await remote.advance('PT11S');
      return card;
    },
    /** Passes that open something now. */
    usable: async (person: string) =>
      (await passes(person)).filter(({ state }) => !/expired|used/i.test(state)),
    issue: (card: Entry, data: object = {}, issuer = 'helpdesk'): Promise<InvokeAnswer> =>
      remote.press(issuer, card.id, 'recovery.issue', data),
    /** Where the signs cannot be read at the first press, it is pressed again. */
    async issueInTime(id: string): Promise<InvokeAnswer> {
      let answer = await remote.press('helpdesk', id, 'recovery.issue');
      for (let press = 0; press < 4 && !isPassCard(answer.value); press += 1) {
        await remote.advance('PT11S');
        answer = await remote.press('helpdesk', id, 'recovery.issue');
      }
      return answer;
    },
    /** Signs in with it and sets up a passkey; answers why not where that fails. */
    signIn: (person: string, code: string, register?: object): Promise<string> =>
      remote.post('/recovery/sign-in', { person, code, ...(register ? { register } : {}) }).then(
        () => '',
        (error: unknown) => String(error),
      ),
  };
}
