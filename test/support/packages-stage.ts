import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectQuestionIds } from '../../practice/world/package-questions.js';
import { starterText } from '../policy/starter-policy.js';
import { cardText } from './card-text.js';
import { oneFlow } from './one-flow.js';
import { cardOf, hasButton, isOpened, missing, refOf } from './pim-card.js';
import { openPortal } from './portal.js';
import type { Entry, InvokeAnswer, LoggedRequest } from './remote-control.js';
import { openStage } from './stage.js';
import { tempFolder } from './temp-folder.js';
import { until } from './until.js';

export { cardOf, hasButton, inputIn, readIn, refOf } from './pim-card.js';

export type PackageKey = 'standard' | 'elevated' | 'prompts' | 'workshop' | 'redteam' | 'sandbox' | 'partner';

/** What the workshop wants to know about a project, by short names. */
export type Answers = Partial<Record<keyof typeof projectQuestionIds, string>>;

/** How a form is opened: under which policy, by a part of its name, and for whom, by key. */
export interface Opened {
  readonly policy?: string;
  readonly person?: string;
}

/** What somebody types into the form; what is left out is good enough for every tier. */
export interface Typed {
  readonly reason?: string;
  readonly startDate?: string;
  readonly endDate?: string;
  readonly answers?: Answers;
}

/** Long enough for every tier. */
export const goodReason = 'Reading the supplier contracts of project Nord';

export interface StagedPackage {
  readonly key: PackageKey;
  readonly id: string;
  readonly name: string;
  readonly policies: readonly { readonly id: string; readonly name: string }[];
}

export interface StagedAssignment {
  readonly id: string;
  readonly package: string;
  readonly person: string;
  readonly state: string;
  readonly startsAt: string;
  readonly endsAt: string;
}

interface Staged {
  readonly packages: readonly StagedPackage[];
  readonly assignments: readonly StagedAssignment[];
}

/** The message that was the form and now tells how it stands, with the answer to the press that sent it. */
export interface Asked {
  readonly id: string;
  readonly answer: InvokeAnswer;
}

export interface Wishes {
  /** Another policy file, made from the one that everybody starts with. */
  readonly policy?: (starter: string) => string;
  readonly env?: Record<string, string>;
}

/**
 * A stage for access packages: ways to the form, through it, and to what everybody reads afterwards. It knows no
 * quiet hours: nobody is kept waiting by the time of day at which a test runs.
 */
export async function openPackagesStage({ policy = (same) => same, env }: Wishes = {}) {
  const folder = tempFolder();
  const file = path.join(folder.path, 'policy.yaml');
  writeFileSync(file, policy(oneFlow(starterText().replace(quietHours, ''), 'packages')));
  const stage = await openStage({ LATCHKEY_POLICY: file, ...env });
  const staged = () => stage.get<Staged>('/packages');
  const packageOf = async (key: PackageKey): Promise<StagedPackage> =>
    (await staged()).packages.find((each) => each.key === key) ?? missing(`package with the key ${key}`);
  const { people } = await stage.get<{ people: readonly { key: string; id: string }[] }>('');
  const idOf = (person: string): string => people.find(({ key }) => key === person)?.id ?? missing(person);

  const entry = async (person: string, id: string): Promise<Entry> =>
    (await stage.timeline(person)).find((each) => each.id === id) ?? missing(`message ${id} of ${person}`);
  /** The card that answers these words; without words of their own it is everything there is to ask for. */
  const hear = async (person: string, words = 'I want access to something'): Promise<Entry> => {
    const before = new Set((await stage.timeline(person)).map(({ id }) => id));
    await stage.say(person, words);
    return until(`an answer to “${words}” for ${person}`, async () =>
      (await stage.timeline(person)).findLast(
        ({ id, from, card }) => from === 'bot' && isOpened(card) && !before.has(id),
      ),
    );
  };
  const openData = async (key: PackageKey, { policy: named, person }: Opened): Promise<object> => {
    const { id, policies } = await packageOf(key);
    const found = policies.find(({ name }) => named !== undefined && name.includes(named));
    return {
      package: id,
      ...(named === undefined ? {} : { policy: found?.id ?? missing(`policy ${named}`) }),
      ...(person === undefined ? {} : { person: idOf(person) }),
    };
  };
  /** What a press on a package in the list of this person is answered with, and the message it was pressed on. */
  const open = async (person: string, key: PackageKey, opened: Opened = {}): Promise<Asked> => {
    const { id } = await hear(person);
    return { id, answer: await stage.press(person, id, 'packages.open', await openData(key, opened)) };
  };
  /** The form of one package, from this person's list. */
  const form = async (person: string, key: PackageKey, opened: Opened = {}): Promise<Entry> => {
    const { id, answer } = await open(person, key, opened);
    if (!hasButton(cardOf(answer), 'packages.ask')) missing(`form in ${cardText(answer.value)}`);
    return entry(person, id);
  };
  /** Sends a form that is open. */
  const send = (person: string, id: string, { answers = {}, ...typed }: Typed = {}): Promise<InvokeAnswer> =>
    stage.press(person, id, 'packages.ask', { reason: goodReason, ...typed, ...inputs(answers) });

  const says = (person: string, id: string, fits: RegExp): Promise<string> =>
    until(`message ${id} of ${person} to say ${fits}`, async () => {
      const text = cardText((await entry(person, id)).card);
      return fits.test(text) && text;
    });
  const now = async (): Promise<Date> =>
    new Date((await stage.get<{ clock: { now: string } }>('')).clock.now);
  const due = async (): Promise<boolean> => {
    const found = await stage
      .store()
      .db.selectFrom('jobs')
      .select('id')
      .where('kind', 'like', 'packages.%')
      .where('state', '=', 'waiting')
      .where('run_at', '<=', (await now()).getTime())
      .executeTakeFirst();
    return found !== undefined;
  };
  /** Nothing of the flow is due or under way; what Entra keeps waiting is not waited for. */
  const idle = (): Promise<unknown> =>
    until('the jobs of the flow', async () => !(await due()), 1_200).catch(() => undefined);

  return {
    ...stage,
    /** Time goes on, and all that was due by then is done: nobody still looks at Entra with the old time in mind. */
    advance: async (duration: string): Promise<void> => {
      await idle();
      await stage.advance(duration);
      await idle();
    },
    close: async (): Promise<void> => {
      await stage.close();
      folder.remove();
    },
    portal: openPortal(stage.url),
    staged,
    packageOf,
    openData,
    idOf,
    entry,
    hear,
    open,
    form,
    send,
    idle,
    now,
    /** Asks for a package from the list on, as somebody does who fills the form in well. */
    async ask(person: string, key: PackageKey, wish: Opened & Typed = {}): Promise<Asked> {
      const { policy: named, person: whom, ...typed } = wish;
      const opened = {
        ...(named === undefined ? {} : { policy: named }),
        ...(whom === undefined ? {} : { person: whom }),
      };
      const { id } = await form(person, key, opened);
      return { id, answer: await send(person, id, typed) };
    },
    /** What one message says now, once this person's client has asked for all that it asks for by itself. */
    async statusOf(person: string, id: string): Promise<string> {
      const entries = await stage.get<readonly Entry[]>(`/people/${person}/timeline?settled=true`);
      return cardText(entries.find((each) => each.id === id)?.card);
    },
    /** What this person's own client does by itself: it asks how things stand now. */
    look: async (person: string, id: string): Promise<InvokeAnswer> =>
      stage.press(person, id, 'packages.show', { ref: refOf((await entry(person, id)).card) }),
    /** Waits until this person's client has asked for everything that it asks for by itself. */
    settled: (person: string) => stage.get<readonly Entry[]>(`/people/${person}/timeline?settled=true`),
    /** Waits until one message says this; answers all that it says. */
    says,
    /** Waits for the card on which this person decides the request of somebody. */
    decideCard: (person: string, fits: RegExp = /asks for/): Promise<Entry> =>
      until(`a card on which ${person} decides ${fits}`, async () =>
        (await stage.timeline(person)).findLast(
          ({ card }) => hasButton(card, 'packages.approve') && fits.test(cardText(card)),
        ),
      ),
    /** Gives somebody a package behind the bot's back, until so many days from now. */
    async hold(person: string, key: PackageKey, days: number, more: object = {}): Promise<StagedAssignment> {
      const endsAt = new Date((await now()).getTime() + days * day).toISOString();
      const { assignments } = await stage.post<Staged>('/packages/hold', {
        ...{ person, package: key, endsAt },
        ...more,
      });
      return heldIn(assignments, person, key) ?? missing(`${key} in the hands of ${person}`);
    },
    /** What this person has of a package, as Entra has it. */
    held: async (person: string, key: PackageKey): Promise<StagedAssignment | undefined> =>
      heldIn((await staged()).assignments, person, key),
    /** What was asked of Entra that changes something; a read by POST does not. */
    sent: async (): Promise<readonly LoggedRequest[]> => stage.writes(),
    /** Codes of the clicks that were turned away, oldest first. */
    refusals: async (): Promise<readonly string[]> => {
      const rows = await stage
        .store()
        .db.selectFrom('audit')
        .selectAll()
        .where('kind', '=', 'click.refused')
        .orderBy('seq')
        .execute();
      return rows.map(({ data: kept }) => JSON.parse(kept).code);
    },
  };
}

const day = 24 * 60 * 60 * 1000;
const quietHours = /\n {2}quiet:\n {4}from:.*\n {4}to:.*/;

export type PackagesStage = Awaited<ReturnType<typeof openPackagesStage>>;

/** Answers to the questions of the workshop, as the inputs of the card name them. */
export function inputs(answers: Answers): Readonly<Record<string, string>> {
  const ids = new Map<string, string>(Object.entries(projectQuestionIds));
  return Object.fromEntries(
    Object.entries(answers).map(([name, value]) => [`q-${ids.get(name) ?? name}`, value]),
  );
}

function heldIn(
  assignments: readonly StagedAssignment[],
  person: string,
  key: PackageKey,
): StagedAssignment | undefined {
  return assignments.findLast((each) => each.person === person && each.package === key);
}
