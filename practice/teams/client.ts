import { randomUUID } from 'node:crypto';
import type { PracticeContext } from '../context.js';
import type { Person } from '../world/people.js';
import { type Envelope, installationActivity, membersAddedActivity, messageActivity } from './activities.js';
import { addEntry, changeEntry } from './chat.js';
import type { ChatBook } from './chat-book.js';
import { type Consenter, createConsenter } from './consenter.js';
import { type BotLine, type Delivery, deliver } from './deliver.js';
import { type JsonRecord, mergeJson } from './json.js';
import { newMessageId } from './message-id.js';
import { createPresser, type Presser } from './presser.js';
import { createRefresher, type Refresher } from './refresher.js';

/** One Teams client for every person: what they send, and what an answer changes on their screen. */
export interface TeamsClient extends Refresher, Consenter, Omit<Presser, 'refresh'> {
  say(person: Person, text: string): Promise<string>;
  /** Tells the bot that it was added for this person, with the two events Teams sends. */
  install(person: Person): Promise<Delivery>;
  /** Any activity at all, signed as Teams signs it. */
  send(person: Person, partial: JsonRecord): Promise<Delivery>;
}

export function createTeamsClient(ctx: PracticeContext, chats: ChatBook, patienceMs = 15_000): TeamsClient {
  const serviceUrl = ctx.connectorUrl;
  const line: BotLine = {
    botUrl: ctx.botUrl,
    token: () => ctx.tokens.botFrameworkToken({ serviceUrl }),
    patienceMs,
  };
  const envelope = (person: Person): Envelope => ({ person, serviceUrl, at: ctx.clock.now() });
  const { refresh, ...presser } = createPresser(ctx, chats, line, envelope);

  return {
    ...presser,
    ...createConsenter(ctx, chats, line, envelope),
    ...createRefresher(ctx.clock, chats, refresh),
    say: async (person, text) => {
      const id = newMessageId();
      const at = ctx.clock.now().toISOString();
      chats.change(person, (chat) => addEntry(chat, { id, from: person.key, at, text, version: 0 }));
      const delivery = await deliver(line, messageActivity(envelope(person), id, text));
      if (!taken(delivery)) {
        chats.change(person, (chat) =>
          changeEntry(chat, id, (entry) => ({ ...entry, notice: notDelivered })),
        );
      }
      return id;
    },
    install: async (person) => {
      const added = await deliver(line, installationActivity(envelope(person)));
      if (!taken(added)) return added;
      const joined = await deliver(line, membersAddedActivity(envelope(person)));
      if (taken(joined)) chats.change(person, (chat) => ({ ...chat, installed: true }), 'quiet');
      return joined;
    },
    send: (person, partial) =>
      deliver(line, mergeJson(messageActivity(envelope(person), randomUUID(), ''), partial)),
  };
}

const notDelivered = { kind: 'error', text: 'Latchkey could not be reached. Please send it again.' } as const;

function taken(delivery: Delivery): boolean {
  return delivery.kind === 'answered' && delivery.status < 300;
}
