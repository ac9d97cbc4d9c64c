import { z } from 'zod/v4';
import type { PracticeResponse, Router } from '../http/router.js';
import { type Channel, channels } from './channels.js';
import type { Entry } from './chat.js';
import { refusal } from './person-route.js';
import type { Teams } from './teams.js';

const installation = z.object({ installed: z.boolean() });

/** What stands in the channels, and whether the bot is in their team. */
export function channelRoutes(router: Router, { channels: book }: Teams): void {
  const on = (
    method: 'GET' | 'POST',
    path: string,
    handler: (channel: Channel, body: unknown) => PracticeResponse,
  ): void =>
    router.on(method, `/channels/:key${path}`, ({ params: { key = '' }, body }) => {
      const channel = channels.find((known) => known.key === key);
      return channel ? handler(channel, body) : refusal(404, `There is no channel with the key "${key}".`);
    });
  const listed = (channel: Channel): object => ({ ...channel, installed: book.of(channel).installed });

  router.on('GET', '/channels', () => ({ status: 200, body: channels.map(listed) }));
  on('GET', '/timeline', (channel) => ({ status: 200, body: book.of(channel).entries.map(shown) }));
  on('POST', '', (channel, body) => {
    const parsed = installation.safeParse(body);
    if (!parsed.success) return refusal(400, 'The body cannot be used: say {"installed": true} or false.');
    book.install(channel, parsed.data.installed);
    return { status: 200, body: listed(channel) };
  });
}

function shown({ id, from, at, text, card }: Entry): object {
  return { id, from, at, text, card };
}
