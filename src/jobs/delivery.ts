import type { Card } from '../cards/card.js';

export interface Chat {
  readonly conversationId: string;
  readonly serviceUrl: string;
}

/**
 * `blocked`: the person cannot be reached at present, though the message is still there. `gone`: nobody will ever read it there (blocked, uninstalled, deleted). `uncertain`: the answer was lost and the
 * message may be in the chat. Trouble that passes is thrown as an AppError with retry `later`.
 */
export type SendResult =
  | { readonly kind: 'sent'; readonly activityId: string }
  | { readonly kind: 'gone'; readonly code: string }
  | { readonly kind: 'uncertain' };

export interface NewChat {
  readonly objectId: string;
  readonly tenantId: string;
  readonly serviceUrl: string;
}

/** A channel of a team, reached through any address Teams has given us. */
export interface Channel {
  readonly channel: string;
  readonly serviceUrl: string;
}

/** What jobs need of Teams; bot/ implements it. */
export interface Delivery {
  /** The one-to-one chat with a person; Teams gives the same one every time, so this may be repeated. */
  openChat(person: NewChat): Promise<Chat | { readonly kind: 'gone'; readonly code: string }>;
  send(chat: Chat, card: Card): Promise<SendResult>;
  /** Begins a thread in a channel. `gone`: the bot is not in it, or it is not there. */
  post(channel: Channel, card: Card): Promise<SendResult>;
  /** Putting the same picture twice is harmless, so this one is repeated freely. */
  update(chat: Chat, activityId: string, card: Card): Promise<'updated' | 'gone' | 'blocked'>;
}
