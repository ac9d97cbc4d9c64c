import type { Events } from '../world/events.js';
import type { Person } from '../world/people.js';
import type { Snapshot } from '../world/snapshot.js';
import { type Chat, emptyChat } from './chat.js';
import { isRecord } from './json.js';

export interface ChatBook {
  of(person: Person): Chat;
  /** Changes a chat and tells the room; `quiet` for changes nobody can see. */
  change(person: Person, change: (chat: Chat) => Chat, quiet?: 'quiet'): void;
  /** Resolves when everything so far is on the disk. */
  saved(): Promise<void>;
}

export function createChatBook(snapshot: Snapshot, events: Events): ChatBook {
  const chats = new Map<string, Chat>();
  const touch = snapshot.part('chats', {
    save: () => Object.fromEntries(chats),
    load: (saved) => {
      for (const [key, chat] of Object.entries(isRecord(saved) ? saved : {})) chats.set(key, asChat(chat));
    },
    reset: () => chats.clear(),
  });

  return {
    of: (person) => chats.get(person.key) ?? emptyChat,
    change: (person, change, quiet) => {
      chats.set(person.key, change(chats.get(person.key) ?? emptyChat));
      touch();
      if (!quiet) events.publish({ kind: 'timeline', person: person.key });
    },
    saved: () => snapshot.flush(),
  };
}

/** Nobody but this part writes its file, so only the frame is looked at. */
function asChat(saved: unknown): Chat {
  if (!isRecord(saved) || !Array.isArray(saved.entries)) return emptyChat;
  return { ...emptyChat, ...(saved as Partial<Chat>) };
}
