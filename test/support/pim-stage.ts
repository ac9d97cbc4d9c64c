import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { starterText } from '../policy/starter-policy.js';
import { cardText } from './card-text.js';
import { oneFlow } from './one-flow.js';
import { cardOf, hasButton, isOpened, missing, refOf, roleIn } from './pim-card.js';
import { openPimPortal, type PortalRequest } from './pim-portal.js';
import type { Entry, InvokeAnswer, LoggedRequest } from './remote-control.js';
import { openStage } from './stage.js';
import { tempFolder } from './temp-folder.js';
import { until } from './until.js';

export { cardOf, hasButton, inputIn, openIn, readIn, refOf, roleIn } from './pim-card.js';

/** What somebody types into the form of a role; what is left out is filled in well enough for every role. */
export interface Typed {
  readonly minutes?: string;
  readonly reason?: string;
  readonly ticketSystem?: string;
  readonly ticketNumber?: string;
  readonly startDate?: string;
  readonly startTime?: string;
}

/** Long enough for every tier. */
export const goodReason = 'Rebuilding the retrieval index that has been stuck since this morning';

const wellTyped = {
  minutes: '60',
  reason: goodReason,
  ticketSystem: 'ServiceNow',
  ticketNumber: 'INC-4711',
  startDate: '',
  startTime: '',
} as const;

/** A role that can be activated, as the remote control tells of it. */
export interface StagedTarget {
  readonly key: string;
  readonly kind: 'role' | 'group' | 'azure';
  readonly id: string;
  readonly scope: string;
  readonly name: string;
}

export interface StagedRequest extends PortalRequest {
  readonly justification: string;
  readonly minutes: number;
  readonly ticket: string;
  readonly startsAt: string | null;
}

interface Staged {
  readonly targets: readonly StagedTarget[];
  readonly requests: readonly StagedRequest[];
}

/** The message that was the form and is now the status card, with the answer to the press that sent it. */
export interface Sent {
  readonly id: string;
  readonly answer: InvokeAnswer;
}

export interface Wishes {
  /** Another policy file, made from the one that everybody starts with. */
  readonly policy?: (starter: string) => string;
  readonly env?: Record<string, string>;
}

/**
 * A stage for just-in-time roles: ways to the form, through it, and to what everybody reads afterwards. It knows no
 * quiet hours: nobody is kept waiting by the time of day at which a test runs.
 */
export async function openPimStage({ policy = (same) => same, env }: Wishes = {}) {
  const folder = tempFolder();
  const file = path.join(folder.path, 'policy.yaml');
  writeFileSync(file, policy(oneFlow(starterText().replace(quietHours, ''), 'pim')));
  const stage = await openStage({ LATCHKEY_POLICY: file, ...env });
  const staged = () => stage.get<Staged>('/pim');
  const target = async (key: string): Promise<StagedTarget> =>
    (await staged()).targets.find((each) => each.key === key) ?? missing(`role with the key ${key}`);
  const people = await stage.get<{ people: readonly { key: string; id: string }[] }>('');
  const idOf = (person: string): string =>
    people.people.find(({ key }) => key === person)?.id ?? missing(person);

  const entry = async (person: string, id: string): Promise<Entry> =>
    (await stage.timeline(person)).find((each) => each.id === id) ?? missing(`message ${id} of ${person}`);
  /** A new message with this person's roles. */
  const roles = async (person: string, words = 'my roles'): Promise<Entry> => {
    const before = new Set((await stage.timeline(person)).map(({ id }) => id));
    await stage.say(person, words);
    return until(`an answer to “${words}” for ${person}`, async () =>
      (await stage.timeline(person)).findLast(
        ({ id, from, card }) => from === 'bot' && isOpened(card) && !before.has(id),
      ),
    );
  };
  /** How a card's button names this role. */
  const data = async (key: string): Promise<{ kind: string; id: string; scope: string }> => {
    const { kind, id, scope } = await target(key);
    const whole = kind === 'azure' && !id.includes('/') ? `${armDefinitions(scope)}/${id}` : id;
    return { kind, id: whole.toLowerCase(), scope };
  };
  /** Presses a button as the person sees it, and walks through the window when a stronger sign-in is asked for. */
  const pressThrough = async (
    person: string,
    id: string,
    verb: string,
    pressed: object = {},
  ): Promise<InvokeAnswer> => {
    const answer = await stage.press(person, id, verb, pressed);
    return answer.statusCode === 401
      ? stage.post<InvokeAnswer>(`/people/${person}/cards/${id}/sign-in`, {})
      : answer;
  };
  /** The form of one role, from this person's list. */
  const form = async (person: string, key: string): Promise<Entry> => {
    const list = await roles(person);
    cardOf(await stage.press(person, list.id, 'pim.form', { role: roleIn(list, await target(key)) }));
    return entry(person, list.id);
  };
  /** Sends a form that is open. */
  const send = (person: string, id: string, typed: Typed = {}): Promise<InvokeAnswer> =>
    pressThrough(person, id, 'pim.ask', { ...wellTyped, ...typed });

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
      .where('kind', 'like', 'pim.%')
      .where('state', '=', 'waiting')
      .where('run_at', '<=', (await now()).getTime())
      .executeTakeFirst();
    return found !== undefined;
  };
  /** Nothing of the flow is due or under way; what Entra keeps waiting is not waited for. */
  const idle = (): Promise<unknown> =>
    until('the jobs of the flow', async () => !(await due()), 3_000).catch(() => undefined);

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
    portal: openPimPortal(stage.url),
    staged,
    target,
    data,
    idOf,
    entry,
    roles,
    form,
    send,
    pressThrough,
    /** Asks for a role from the list on, as somebody does who fills the form in well. */
    async activate(person: string, key: string, typed: Typed = {}): Promise<Sent> {
      const { id } = await form(person, key);
      return { id, answer: await send(person, id, typed) };
    },
    /** What this person's own client does by itself: it asks how things stand now. */
    look: async (person: string, id: string): Promise<InvokeAnswer> =>
      stage.press(person, id, 'pim.show', { ref: refOf((await entry(person, id)).card) }),
    /** What one message says now. */
    text: async (person: string, id: string): Promise<string> => cardText((await entry(person, id)).card),
    /** Waits until one message says this; answers all that it says. */
    says,
    /** Waits until Entra has set up what was just activated, and the bot has seen that it works. */
    ready: async (person: string, id: string): Promise<string> => {
      await stage.advance('PT3S');
      return says(person, id, /Ready to use/);
    },
    /** Waits until this person's client has asked for everything that it asks for by itself. */
    settled: (person: string) => stage.get<readonly Entry[]>(`/people/${person}/timeline?settled=true`),
    now,
    /** The newest request of this person for this role, as Entra has it. */
    async request(person: string, key: string): Promise<StagedRequest> {
      const { requests } = await staged();
      const found = requests.find((each) => each.target === key && each.person === idOf(person));
      return found ?? missing(`request of ${person} for ${key}`);
    },
    /** Waits for the card on which this person decides the request of somebody. */
    decideCard: (person: string, fits: RegExp = /asks for/): Promise<Entry> =>
      until(`a card on which ${person} decides ${fits}`, async () =>
        (await stage.timeline(person)).findLast(
          ({ card }) => hasButton(card, 'pim.approve') && fits.test(cardText(card)),
        ),
      ),
    /** What was asked of Entra and Azure that changes something; looking whether it would be allowed does not. */
    async sent(): Promise<readonly LoggedRequest[]> {
      const [graph, azure] = await Promise.all([stage.writes(), stage.requests('azure')]);
      return [...graph, ...azure.filter(({ method }) => method !== 'GET')].filter(
        ({ path, body }) => !isOnlyACheck(body) && !/\/validate\b/.test(path),
      );
    },
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

const quietHours = /\n {2}quiet:\n {4}from:.*\n {4}to:.*/;

export type PimStage = Awaited<ReturnType<typeof openPimStage>>;

function armDefinitions(scope: string): string {
  const [subscription = scope] = /^\/subscriptions\/[^/]+/i.exec(scope) ?? [];
  return `${subscription}/providers/Microsoft.Authorization/roleDefinitions`;
}

function isOnlyACheck(body: unknown): boolean {
  if (body === null || typeof body !== 'object') return false;
  if ('isValidationOnly' in body && body.isValidationOnly === true) return true;
  return 'properties' in body && isOnlyACheck(body.properties);
}
