import { cardText } from './card-text.js';
import { openFlowStage, type Wishes } from './flow-stage.js';
import { missing } from './missing.js';
import { cardOf } from './on-card.js';
import { codeIn, nameOf } from './recovery-card.js';
import { goodNote, walkOf } from './recovery-walk.js';
import type { Entry, InvokeAnswer } from './remote-control.js';

/** Of a person, as the practice tenant has them. */
export interface StagedPerson {
  readonly key: string;
  readonly id: string;
  readonly methods: readonly { readonly id: string; readonly kind: string }[];
  readonly passes: readonly { readonly id: string; readonly state: string }[];
  readonly sessionsFrom: string | null;
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

/** A stage for recoveries: ways from “I lost my phone” to a pass and to the end of the case. */
export async function openRecoveryStage(wishes: Wishes = {}) {
  const stage = await openFlowStage('recovery', wishes);
  /** Logs may be read five times in ten seconds: afterwards nobody has to wait for those who read before. */
  const room = (): Promise<void> => stage.advance('PT11S');
  /** What has to wait for that all the same gets the time it takes, whatever is under way. */
  const { inTime, cardWith, signIn } = walkOf({ ...stage, advance: stage.jump });
  /** The newest one about this person. */
  const caseOf = async (person: string) =>
    (await stage
      .store()
      .db.selectFrom('recovery_cases')
      .selectAll()
      .where('subject', '=', stage.idOf(person))
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
    ...{ room, inTime, cardWith, signIn, caseOf, reaches, staged, issueCard, issue },
    /** Something that happens in Entra, by the remote control. */
    does: <T = unknown>(name: string, body: object): Promise<T> => stage.post<T>(`/recovery/${name}`, body),
    /** Opens a case, for somebody else where that is said, and waits until signs of trouble were looked for. */
    async open(person: string, what: string, about = person, note = ''): Promise<Opened> {
      await room();
      const { id } = await stage.hear(person, 'I cannot sign in');
      const other = about === person ? {} : { person: stage.idOf(about) };
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
      await stage.idle();
      return { id, answer };
    },
    /** Makes the pass, reads it and says that it was read out: then it is known to whoever it is for. */
    async pass(by: string, about: string): Promise<string> {
      const { id, answer } = await issue(by, about);
      const code = codeIn(answer);
      cardOf(await stage.press(by, id, 'recovery.read-out'));
      return code;
    },
    /** Waits until one message says this; answers all that it says. */
    says: (person: string, id: string, fits: RegExp): Promise<string> =>
      inTime(`message ${id} of ${person} to say ${fits}`, async () => {
        const said = await stage.text(person, id);
        return fits.test(said) && said;
      }),
    /** Waits for a card that says this. */
    told: (person: string, fits: RegExp): Promise<Entry> =>
      inTime(`a card for ${person} that says ${fits}`, async () =>
        (await stage.timeline(person)).findLast(({ card }) => fits.test(cardText(card))),
      ),
  };
}

export type RecoveryStage = Awaited<ReturnType<typeof openRecoveryStage>>;
