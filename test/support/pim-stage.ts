import { openFlowStage, type Wishes } from './flow-stage.js';
import { missing } from './missing.js';
import { cardOf } from './on-card.js';
import { roleIn } from './pim-card.js';
import { openPimPortal, type PortalRequest } from './pim-portal.js';
import type { Entry, InvokeAnswer, LoggedRequest } from './remote-control.js';

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

/** A stage for just-in-time roles: ways to the form, through it, and to what everybody reads afterwards. */
export async function openPimStage(wishes: Wishes = {}) {
  const stage = await openFlowStage('pim', wishes);
  const staged = () => stage.get<Staged>('/pim');
  const target = async (key: string): Promise<StagedTarget> =>
    (await staged()).targets.find((each) => each.key === key) ?? missing(`role with the key ${key}`);
  /** A new message with this person's roles. */
  const roles = (person: string, words = 'my roles'): Promise<Entry> => stage.hear(person, words);
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
    return stage.entry(person, list.id);
  };
  /** Sends a form that is open. */
  const send = (person: string, id: string, typed: Typed = {}): Promise<InvokeAnswer> =>
    pressThrough(person, id, 'pim.ask', { ...wellTyped, ...typed });

  return {
    ...stage,
    portal: openPimPortal(stage.url),
    ...{ staged, target, data, roles, form, send, pressThrough },
    /** Asks for a role from the list on, as somebody does who fills the form in well. */
    async activate(person: string, key: string, typed: Typed = {}): Promise<Sent> {
      const { id } = await form(person, key);
      return { id, answer: await send(person, id, typed) };
    },
    /** Waits until Entra has set up what was just activated, and the bot has seen that it works. */
    ready: async (person: string, id: string): Promise<string> => {
      await stage.jump('PT3S');
      return stage.says(person, id, /Ready to use/);
    },
    /** The newest request of this person for this role, as Entra has it. */
    async request(person: string, key: string): Promise<StagedRequest> {
      const { requests } = await staged();
      const found = requests.find((each) => each.target === key && each.person === stage.idOf(person));
      return found ?? missing(`request of ${person} for ${key}`);
    },
    /** What was asked of Entra and Azure that changes something; looking whether it would be allowed does not. */
    async sent(): Promise<readonly LoggedRequest[]> {
      const [graph, azure] = await Promise.all([stage.sent(), stage.requests('azure')]);
      return [...graph, ...azure.filter(({ method }) => method !== 'GET')].filter(
        ({ path, body }) => !isOnlyACheck(body) && !/\/validate\b/.test(path),
      );
    },
  };
}

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
