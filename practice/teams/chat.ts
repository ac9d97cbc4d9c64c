import type { ExecuteAction } from './card-actions.js';
import type { Outcome } from './exchange.js';
import type { FileCard } from './file-content.js';
import type { SignInRequest } from './invoke-answer.js';
import type { JsonRecord } from './json.js';

/** Waits on a message until the person has signed in; then `action` is pressed once more. */
export interface SignInPrompt {
  readonly kind: 'sign-in';
  readonly text: string;
  readonly title: string;
  readonly url: string;
  readonly action: ExecuteAction;
  readonly connectionName: string;
}

export interface Notice {
  readonly kind: 'info' | 'error';
  readonly text: string;
}

export interface Entry {
  readonly id: string;
  readonly from: string;
  readonly at: string;
  readonly updatedAt?: string;
  readonly text?: string;
  /** The message as everybody would see it. */
  readonly card?: JsonRecord;
  /** The same message as this person sees it since an answer or a refresh. */
  readonly view?: JsonRecord;
  readonly file?: FileCard;
  readonly notice?: Notice;
  readonly prompt?: SignInPrompt;
  /** Grows with every change of the card or the view, so that an answer to an older question can be told apart. */
  readonly version: number;
  readonly refreshedAt?: string;
}

export interface Chat {
  readonly entries: readonly Entry[];
  /** How the connector refuses the bot: Teams has two different bodies for it. */
  readonly blocked?: 'blocked' | 'uninstalled';
  readonly silentSso: boolean;
  readonly installed: boolean;
}

export const emptyChat: Chat = { entries: [], silentSso: true, installed: false };

// A long-lived practice tenant must not grow for ever; nobody scrolls back this far.
const longestChat = 1_000;

export function addEntry(chat: Chat, entry: Entry): Chat {
  return { ...chat, entries: [...chat.entries, entry].slice(-longestChat) };
}

export function changeEntry(chat: Chat, id: string, change: (entry: Entry) => Entry): Chat {
  return { ...chat, entries: chat.entries.map((entry) => (entry.id === id ? change(entry) : entry)) };
}

export function removeEntry(chat: Chat, id: string): Chat {
  return { ...chat, entries: chat.entries.filter((entry) => entry.id !== id) };
}

export function findEntry(chat: Chat, id: string): Entry | undefined {
  return chat.entries.find((entry) => entry.id === id);
}

export function shownCard(entry: Entry): JsonRecord | undefined {
  return entry.view ?? entry.card;
}

/** The bot's edit replaces the message for everybody: a private view of the old one is gone with it. */
export function edited(
  entry: Entry,
  next: { readonly text?: string; readonly card?: JsonRecord; readonly file?: FileCard },
  at: Date,
): Entry {
  const { id, from, at: sent, version } = entry;
  return { id, from, at: sent, updatedAt: at.toISOString(), version: version + 1, ...next };
}

/** What a press brought; it ends whatever stood under the card before: an older notice, a sign-in prompt. */
export function withOutcome(entry: Entry, outcome: Outcome, action: ExecuteAction, at: Date): Entry {
  const { notice: _notice, prompt: _prompt, ...kept } = entry;
  return {
    ...kept,
    ...shownBy(outcome, action),
    version: entry.version + 1,
    refreshedAt: at.toISOString(),
  };
}

export function withView(entry: Entry, view: JsonRecord): Entry {
  return { ...entry, view, version: entry.version + 1 };
}

function shownBy(outcome: Outcome, action: ExecuteAction): Partial<Entry> {
  switch (outcome.kind) {
    case 'card':
      return { view: outcome.card };
    case 'toast':
      return { notice: { kind: 'info', text: outcome.text } };
    case 'error':
      return { notice: { kind: 'error', text: outcome.text } };
    case 'prompt':
      return { prompt: promptFor(outcome.request, action) };
  }
}

function promptFor({ text, connectionName, button }: SignInRequest, action: ExecuteAction): SignInPrompt {
  return { kind: 'sign-in', text, title: button.title, url: button.url, action, connectionName };
}
