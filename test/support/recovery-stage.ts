import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { starterText } from '../policy/starter-policy.js';
import { cardText } from './card-text.js';
import { oneFlow } from './one-flow.js';
import { cardOf, hasButton, isOpened, missing } from './pim-card.js';
import { codeIn, nameOf } from './recovery-card.js';
import type { Entry, InvokeAnswer, LoggedRequest } from './remote-control.js';
import { openStage } from './stage.js';
import { tempFolder } from './temp-folder.js';
import { until } from './until.js';

export { cardOf, hasButton, inputIn, readIn, refOf } from './pim-card.js';
export { codeIn, dataOf, isPassCard, methodsIn, nameOf, newPasskey } from './recovery-card.js';
export { buttonOf } from './stage.js';

/** Of a person, as the practice tenant has them. */
export interface StagedPerson {
  readonly key: string;
  readonly id: string;
  readonly methods: readonly { readonly id: string; readonly kind: string }[];
  readonly passes: readonly { readonly id: string; readonly state: string }[];
  readonly sessionsFrom: string | null;
}

export interface Wishes {
  /** Another policy file, made from the one that everybody starts with. */
  readonly policy?: (starter: string) => string;
  readonly env?: Record<string, string>;
}

/** The message in which a case was opened, with the answer to the press that opened it. */
export interface Opened {
  readonly id: string;
  readonly answer: InvokeAnswer;
}

export interface Vouching {
  readonly how?: string;
  readonly note?: string;
}

/** Long enough for everybody who has to say how they know. */
export const goodNote = 'Saw her on video, and she knew our first project';

/**
 * A stage for recoveries: ways from “I lost my phone” to a pass and to the end of the case. It knows no quiet hours:
 * nobody is kept waiting by the time of day at which a test runs.
 */
export async function openRecoveryStage({ policy = (same) => same, env }: Wishes = {}) {
  const folder = tempFolder();
  const file = path.join(folder.path, 'policy.yaml');
  writeFileSync(file, policy(oneFlow(starterText().replace(quietHours, ''), 'recovery')));
  const stage = await openStage({ LATCHKEY_POLICY: file, ...env });
  const { people } = await stage.get<{ people: readonly { key: string; id: string }[] }>('');
  const idOf = (person: string): string => people.find(({ key }) => key === person)?.id ?? missing(person);
  const now = async (): Promise<Date> =>
    new Date((await stage.get<{ clock: { now: string } }>('')).clock.now);
  const idle = async (): Promise<unknown> => {
    const due = async () =>
      stage
        .store()
        .db.selectFrom('jobs')
        .select('id')
        .where('state', '=', 'waiting')
        .where('run_at', '<=', (await now()).getTime())
        .executeTakeFirst();
    return until('the jobs that are due', async () => (await due()) === undefined, 3_000).catch(
      () => undefined,
    );
  };
  /** Time goes on, and all that was due by then is done. */
  const advance = async (duration: string): Promise<void> => {
    await idle();
    await stage.advance(duration);
    await idle();
  };
  /** Logs may be read five times in ten seconds: afterwards nobody has to wait for those who read before. */
  const room = (): Promise<void> => advance('PT11S');
  /** What has to wait for that all the same gets the time it takes. */
  const inTime = async <T>(what: string, ask: () => Promise<T | undefined | false>): Promise<T> => {
    for (let look = 0; look < 6; look += 1) {
      const found = await until(what, ask, 1_200).catch(() => undefined);
      if (found !== undefined) return found;
      await stage.advance('PT11S');
    }
    return until(what, ask, 2_000);
  };
  const entry = async (person: string, id: string): Promise<Entry> =>
    (await stage.timeline(person)).find((each) => each.id === id) ?? missing(`message ${id} of ${person}`);
  /** The newest card of this person with this button. */
  const cardWith = (person: string, verb: string, fits = /./): Promise<Entry> =>
    inTime(`a card of ${person} with ${verb} that says ${fits}`, async () =>
      (await stage.timeline(person)).findLast(
        ({ card }) => hasButton(card, verb) && fits.test(cardText(card)),
      ),
    );
  /** The card that answers these words. */
  const hear = async (person: string, words: string): Promise<Entry> => {
    const before = new Set((await stage.timeline(person)).map(({ id }) => id));
    await stage.say(person, words);
    return until(`an answer to “${words}” for ${person}`, async () =>
      (await stage.timeline(person)).findLast(
        ({ id, from, card }) => from === 'bot' && isOpened(card) && !before.has(id),
      ),
    );
  };
  /** The newest one about this person. */
  const caseOf = async (person: string) =>
    (await stage
      .store()
      .db.selectFrom('recovery_cases')
      .selectAll()
      .where('subject', '=', idOf(person))
      .orderBy('opened_at', 'desc')
      .executeTakeFirst()) ?? missing(`case of ${person}`);
  const reaches = (person: string, state: string) =>
    inTime(`the case of ${person} to be ${state}`, async () => {
      const one = await caseOf(person);
      return one.state === state && one;
    });
  const staged = async (person: string): Promise<StagedPerson> => {
    const { people: all } = await stage.get<{ people: readonly StagedPerson[] }>('/recovery');
    return all.find(({ key }) => key === person) ?? missing(person);
  };
  const issueCard = (person: string, about: string): Promise<Entry> =>
    cardWith(person, 'recovery.issue', new RegExp(nameOf(about)));
  /** Makes the pass for this person, on the card of whoever is asked to. */
  const issue = async (by: string, about: string): Promise<Opened> => {
    await room();
    const { id } = await issueCard(by, about);
    return { id, answer: await stage.press(by, id, 'recovery.issue') };
  };

  return {
    ...stage,
    ...{
      idOf,
      now,
      idle,
      advance,
      room,
      inTime,
      entry,
      cardWith,
      hear,
      caseOf,
      reaches,
      staged,
      issueCard,
      issue,
    },
    close: async (): Promise<void> => {
      await stage.close();
      folder.remove();
    },
    /** Something that happens in Entra, by the remote control. */
    does: <T = unknown>(name: string, body: object): Promise<T> => stage.post<T>(`/recovery/${name}`, body),
    /** Opens a case, for somebody else where that is said, and waits until signs of trouble were looked for. */
    async open(person: string, what: string, about = person, note = ''): Promise<Opened> {
      await room();
      const { id } = await hear(person, 'I cannot sign in');
      const other = about === person ? {} : { person: idOf(about) };
      const answer = await stage.press(person, id, 'recovery.open', { what, note, ...other });
      cardOf(answer);
      await inTime(
        `the signs on the case of ${about}`,
        async () => 'flags' in JSON.parse((await caseOf(about)).about),
      );
      await room();
      return { id, answer };
    },
    /** One more person vouches, as the form wants it. */
    async attest(
      by: string,
      about: string,
      { how = 'video', note = goodNote }: Vouching = {},
    ): Promise<Opened> {
      await room();
      const { id } = await cardWith(by, 'recovery.attest', new RegExp(nameOf(about)));
      const answer = await stage.press(by, id, 'recovery.attest', { how, note });
      cardOf(answer);
      await idle();
      return { id, answer };
    },
    /** Makes the pass, reads it and says that it was read out: then it is known to whoever it is for. */
    async pass(by: string, about: string): Promise<string> {
      const { id, answer } = await issue(by, about);
      const code = codeIn(answer);
      cardOf(await stage.press(by, id, 'recovery.read-out'));
      return code;
    },
    /** Signs in with it and sets up a passkey; answers why not where that fails. */
    signIn: (person: string, code: string, register?: object): Promise<string> =>
      stage.post('/recovery/sign-in', { person, code, ...(register ? { register } : {}) }).then(
        () => '',
        (error: unknown) => String(error),
      ),
    /** What one message says now. */
    text: async (person: string, id: string): Promise<string> => cardText((await entry(person, id)).card),
    /** Waits until one message says this; answers all that it says. */
    says: (person: string, id: string, fits: RegExp): Promise<string> =>
      inTime(`message ${id} of ${person} to say ${fits}`, async () => {
        const text = cardText((await entry(person, id)).card);
        return fits.test(text) && text;
      }),
    /** Waits for a card that says this. */
    told: (person: string, fits: RegExp): Promise<Entry> =>
      inTime(`a card for ${person} that says ${fits}`, async () =>
        (await stage.timeline(person)).findLast(({ card }) => fits.test(cardText(card))),
      ),
    /** What was asked of Entra that changes something, oldest first. */
    sent: (): Promise<readonly LoggedRequest[]> => stage.writes(),
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

export type RecoveryStage = Awaited<ReturnType<typeof openRecoveryStage>>;

const quietHours = /\n {2}quiet:\n {4}from:.*\n {4}to:.*/;
