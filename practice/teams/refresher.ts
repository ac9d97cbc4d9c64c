import { setTimeout as wait } from 'node:timers/promises';
import type { PracticeClock } from '../world/clock.js';
import type { Person } from '../world/people.js';
import { personAddress } from './addresses.js';
import { type ExecuteAction, type Refresh, refreshOf } from './card-actions.js';
import { changeEntry, type Entry, findEntry, shownCard, withView } from './chat.js';
import type { ChatBook } from './chat-book.js';
import type { Exchanged } from './exchange.js';

export interface Refresher {
  /** The bot sent or edited this message: the client draws it and asks for the person's own view. */
  drawn(person: Person, entryId: string): void;
  /** The person looks at the chat: views older than a minute are asked for again. */
  opened(person: Person): void;
  /** Resolves when no refresh of this person is under way. */
  settled(person: Person): Promise<void>;
}

type Ask = (person: Person, entry: Entry, action: ExecuteAction) => Promise<Exchanged>;

const notAgainWithinMs = 60_000;
// A client hears of a message a little after the connector has told the bot its id.
const pushDelayMs = 30;

export function createRefresher(clock: PracticeClock, chats: ChatBook, ask: Ask): Refresher {
  const underWay = new Map<string, Set<Promise<void>>>();

  async function refresh(person: Person, entryId: string): Promise<void> {
    const entry = findEntry(chats.of(person), entryId);
    const action = entry && refreshFor(person, entry)?.action;
    if (!entry || !action) return;
    const refreshedAt = clock.now().toISOString();
    chats.change(person, (chat) => changeEntry(chat, entryId, (now) => ({ ...now, refreshedAt })), 'quiet');
    const { outcome } = await ask(person, entry, action);
    // Nobody pressed anything, so everything but a card is kept quiet: a toast or a prompt would come from nowhere.
    if (outcome.kind !== 'card') return;
    // An edit or a press that came meanwhile shows something newer than this answer.
    if (findEntry(chats.of(person), entryId)?.version !== entry.version) return;
    chats.change(person, (chat) => changeEntry(chat, entryId, (now) => withView(now, outcome.card)));
    await chats.saved();
  }

  function start(person: Person, work: () => Promise<void>): void {
    const mine = underWay.get(person.key) ?? new Set();
    underWay.set(person.key, mine);
    const running: Promise<void> = work()
      .catch((error: unknown) => console.error('practice tenant: a refresh failed:', error))
      .finally(() => mine.delete(running));
    mine.add(running);
  }

  return {
    drawn: (person, entryId) =>
      start(person, async () => {
        await wait(pushDelayMs, undefined, { ref: false });
        await refresh(person, entryId);
      }),
    opened: (person) => {
      const stale = chats
        .of(person)
        .entries.filter((entry) => refreshFor(person, entry) && isStale(entry, clock.now()));
      for (const entry of stale) start(person, () => refresh(person, entry.id));
    },
    settled: async (person) => {
      await Promise.all(underWay.get(person.key) ?? []);
    },
  };
}

function refreshFor(person: Person, entry: Entry): Refresh | undefined {
  const refresh = refreshOf(shownCard(entry));
  if (!refresh) return undefined;
  const { userIds } = refresh;
  return userIds === undefined || userIds.includes(personAddress(person)) ? refresh : undefined;
}

function isStale(entry: Entry, now: Date): boolean {
  return Math.abs(now.getTime() - Date.parse(entry.refreshedAt ?? entry.at)) >= notAgainWithinMs;
}
