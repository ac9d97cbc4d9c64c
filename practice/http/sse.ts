import type { Events } from '../world/events.js';
import type { PracticeResponse } from './router.js';

const heartbeatMs = 20_000;

/** One server-sent event for each practice event, until the reader goes away. */
export function eventStream(events: Events): PracticeResponse {
  return {
    status: 200,
    stream: (res) => {
      res.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      res.write(': hello\n\n');
      const end = events.subscribe((event) => {
        res.write(`data: ${JSON.stringify(event)}\n\n`);
      });
      // Without a sign of life a proxy or a laptop that slept would keep a dead stream looking open.
      const heartbeat = setInterval(() => res.write(': still here\n\n'), heartbeatMs).unref();
      res.on('close', () => {
        clearInterval(heartbeat);
        end();
      });
    },
  };
}
