import type { Request, Response, Server } from 'restify';
import type { Log } from '../src/base/log.js';
import type { TeamsActivity } from './activity.js';
import { type Door, type Refused, refused } from './door.js';
import type { EdgeMetrics } from './metrics.js';
import { endBare, endJson } from './page.js';
import { readBody } from './read-body.js';

/** What the bot answers an activity that was let in: an HTTP status and, for a press, a body. */
export type Turn = (activity: TeamsActivity) => Promise<{ readonly status: number; readonly body?: unknown }>;

export interface MessagesRoute {
  readonly door: Door;
  readonly turn: Turn;
  readonly log: Log;
  readonly metrics: EdgeMetrics;
}

const limit = 256 * 1024;

export function addMessagesRoute(server: Server, route: MessagesRoute): void {
  server.post('/api/messages', async (req, res) => {
    try {
      await receive(route, req, res);
    } catch (error) {
      route.log.error({ error }, 'an activity failed');
      if (!res.headersSent) endBare(res, 500);
    }
  });
}

async function receive(route: MessagesRoute, req: Request, res: Response): Promise<void> {
  const body = await bodyOf(req);
  if (typeof body !== 'string') return turnAway(route, res, body);
  const started = performance.now();
  const entry = await route.door({ authorization: req.headers.authorization, body });
  if (entry.kind === 'refused') return turnAway(route, res, entry);
  const { status, body: answer } = await route.turn(entry.activity);
  route.metrics.answered(kindOf(entry.activity.type), (performance.now() - started) / 1000);
  if (answer === undefined) endBare(res, status);
  else endJson(res, status, answer);
}

async function bodyOf(req: Request): Promise<string | Refused> {
  const type = req.headers['content-type'] ?? '';
  if (!/^application\/json(\s*;|$)/i.test(type)) return refused(415, 'content-type');
  // A few packed bytes can unpack to gigabytes; Teams does not pack.
  if (req.headers['content-encoding'] !== undefined) return refused(415, 'content-encoding');
  const body = await readBody(req, limit);
  if (body.kind === 'too-big') return refused(413, 'too-big');
  if (body.kind === 'aborted') return refused(400, 'aborted');
  return body.text;
}

function turnAway({ log, metrics }: MessagesRoute, res: Response, { status, reason, detail }: Refused): void {
  metrics.refused(reason);
  log.warn({ status, reason, ...(detail === undefined ? {} : { detail }) }, 'turned away at the door');
  // The rest of a body that is too long is not waited for.
  if (status === 413) res.setHeader('connection', 'close');
  endBare(res, status);
}

function kindOf(type: string): 'invoke' | 'message' | 'other' {
  return type === 'invoke' || type === 'message' ? type : 'other';
}
