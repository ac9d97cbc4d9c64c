import type { PracticeContext } from '../context.js';
import { type ChannelBook, createChannelBook } from './channels.js';
import { type ChatBook, createChatBook } from './chat-book.js';
import { createTeamsClient, type TeamsClient } from './client.js';

/** Chats, channels and the clients that show them: the connector writes into them, the people routes press in them. */
export interface Teams {
  readonly chats: ChatBook;
  readonly channels: ChannelBook;
  readonly client: TeamsClient;
}

// Connector, people routes and announcement are built apart but must share one world; it lives as long as its context.
const opened = new WeakMap<PracticeContext, Teams>();

export function teamsOf(ctx: PracticeContext): Teams {
  const known = opened.get(ctx);
  if (known) return known;
  const chats = createChatBook(ctx.snapshot, ctx.events);
  const channels = createChannelBook(ctx.snapshot, ctx.events);
  const teams = { chats, channels, client: createTeamsClient(ctx, chats) };
  opened.set(ctx, teams);
  return teams;
}
