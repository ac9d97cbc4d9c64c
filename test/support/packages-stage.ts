import { projectQuestionIds } from '../../practice/world/package-questions.js';
import { cardText } from './card-text.js';
import { openFlowStage, type Wishes } from './flow-stage.js';
import { missing } from './missing.js';
import { cardOf, hasButton } from './on-card.js';
import { openPortal } from './portal.js';
import type { Entry, InvokeAnswer } from './remote-control.js';

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

/** A stage for access packages: ways to the form, through it, and to what everybody reads afterwards. */
export async function openPackagesStage(wishes: Wishes = {}) {
  const stage = await openFlowStage('packages', wishes);
  const staged = () => stage.get<Staged>('/packages');
  const packageOf = async (key: PackageKey): Promise<StagedPackage> =>
    (await staged()).packages.find((each) => each.key === key) ?? missing(`package with the key ${key}`);
  /** Without words of their own it is everything there is to ask for. */
  const hear = (person: string, words = 'I want access to something'): Promise<Entry> =>
    stage.hear(person, words);
  const openData = async (key: PackageKey, { policy: named, person }: Opened): Promise<object> => {
    const { id, policies } = await packageOf(key);
    const found = policies.find(({ name }) => named !== undefined && name.includes(named));
    return {
      package: id,
      ...(named === undefined ? {} : { policy: found?.id ?? missing(`policy ${named}`) }),
      ...(person === undefined ? {} : { person: stage.idOf(person) }),
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
    return stage.entry(person, id);
  };
  /** Sends a form that is open. */
  const send = (person: string, id: string, { answers = {}, ...typed }: Typed = {}): Promise<InvokeAnswer> =>
    stage.press(person, id, 'packages.ask', { reason: goodReason, ...typed, ...inputs(answers) });

  return {
    ...stage,
    portal: openPortal(stage.url),
    ...{ staged, packageOf, openData, hear, open, form, send },
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
    /** Gives somebody a package behind the bot's back, until so many days from now. */
    async hold(person: string, key: PackageKey, days: number, more: object = {}): Promise<StagedAssignment> {
      const endsAt = new Date((await stage.now()).getTime() + days * day).toISOString();
      const { assignments } = await stage.post<Staged>('/packages/hold', {
        ...{ person, package: key, endsAt },
        ...more,
      });
      return heldIn(assignments, person, key) ?? missing(`${key} in the hands of ${person}`);
    },
    /** What this person has of a package, as Entra has it. */
    held: async (person: string, key: PackageKey): Promise<StagedAssignment | undefined> =>
      heldIn((await staged()).assignments, person, key),
  };
}

const day = 24 * 60 * 60 * 1000;

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
