import { randomUUID } from 'node:crypto';
import type { PracticeContext } from '../context.js';
import type { Person } from '../world/people.js';
import { type Envelope, invokeActivity } from './activities.js';
import { type ExecuteAction, pressedAction } from './card-actions.js';
import { changeEntry, type Entry, findEntry, shownCard, withOutcome } from './chat.js';
import type { ChatBook } from './chat-book.js';
import type { BotLine } from './deliver.js';
import { type Exchanged, exchange, type Proof } from './exchange.js';
import type { InvokeResponse } from './invoke-answer.js';

export interface Press {
  readonly verb: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** The same invoke this many times at once, as when Teams sends again what it thinks was lost. */
  readonly times: number;
  /** Leaves a login request as it is instead of answering it. */
  readonly raw: boolean;
}

export interface Presser {
  /** All answers in the order in which they came; the first one is what the person sees. */
  press(person: Person, entry: Entry, press: Press): Promise<readonly InvokeResponse[]>;
  /**
   * The popup was finished: the waiting press goes out again with what the page handed over (`state`), otherwise with
   * a plain token of Teams' own. Undefined when none waits.
   */
  signIn(person: Person, entry: Entry, state: string | undefined): Promise<InvokeResponse | undefined>;
  refresh(person: Person, entry: Entry, action: ExecuteAction): Promise<Exchanged>;
}

export function createPresser(
  ctx: PracticeContext,
  chats: ChatBook,
  line: BotLine,
  envelope: (person: Person) => Envelope,
): Presser {
  function show(person: Person, entry: Entry, action: ExecuteAction, { outcome }: Exchanged): void {
    chats.change(person, (chat) =>
      changeEntry(chat, entry.id, (now) => withOutcome(now, outcome, action, ctx.clock.now())),
    );
  }

  function proofFor(person: Person): Proof {
    if (!chats.of(person).silentSso) return { kind: 'popup' };
    return { kind: 'silent', token: () => ctx.tokens.ssoToken(person) };
  }

  return {
    press: async (person, entry, { verb, data, times, raw }) => {
      const action = pressedAction(shownCard(entry), verb, data);
      const proof: Proof = raw ? { kind: 'popup' } : proofFor(person);
      const invoke = invokeActivity(envelope(person), { messageId: entry.id, action, trigger: 'manual' });
      const answers: Exchanged[] = [];
      const once = async (): Promise<void> => {
        const answer = await exchange(line, invoke, proof);
        const first = answers.push(answer) === 1;
        if (first && !(raw && answer.outcome.kind === 'prompt')) show(person, entry, action, answer);
      };
      await Promise.all(Array.from({ length: times }, once));
      return answers.map((answer) => answer.response);
    },
    signIn: async (person, entry, state) => {
      const prompt = findEntry(chats.of(person), entry.id)?.prompt;
      if (!prompt) return undefined;
      const { action, connectionName } = prompt;
      const invoke = invokeActivity(envelope(person), { messageId: entry.id, action, trigger: 'manual' });
      const own = { id: randomUUID(), connectionName, token: ctx.tokens.ssoToken(person) };
      const answer = await (state === undefined
        ? exchange(line, invoke, { kind: 'popup' }, { authentication: own })
        : exchange(line, invoke, proofFor(person), { state }));
      show(person, entry, action, answer);
      return answer.response;
    },
    refresh: (person, entry, action) => {
      const press = { messageId: entry.id, action, trigger: 'automatic' } as const;
      return exchange(line, invokeActivity(envelope(person), press), proofFor(person));
    },
  };
}
