import type { PracticeContext } from '../context.js';
import { createRouter, type Router } from '../http/router.js';
import { createGate } from './connector-gate.js';
import { deleteMessage, editMessage, postMessage } from './connector-messages.js';
import { createConversation } from './create-conversation.js';
import { rosterRoutes } from './roster.js';
import { teamsOf } from './teams.js';
import { wellKnownRoutes } from './well-known.js';

/** The Bot Connector as Teams serves it for one-to-one chats and posts in a channel, with its limits and its refusals. */
export function connectorService(ctx: PracticeContext): Router {
  const router = createRouter();
  const teams = teamsOf(ctx);
  const gate = createGate(ctx, teams);
  const desk = { ...teams, clock: ctx.clock };

  wellKnownRoutes(router, ctx);
  rosterRoutes(router, gate);
  router.on('POST', '/v3/conversations', createConversation(ctx, desk, gate));
  for (const path of ['/v3/conversations/:chat/activities', '/v3/conversations/:chat/activities/:activity']) {
    router.on(
      'POST',
      path,
      gate.writes((req, person) => postMessage(desk, req.body, person)),
    );
  }
  const one = '/v3/conversations/:chat/activities/:activity';
  router.on(
    'PUT',
    one,
    gate.writes((req, person) => editMessage(desk, req, person)),
  );
  router.on(
    'DELETE',
    one,
    gate.writes((req, person) => deleteMessage(desk, req, person)),
  );
  return router;
}
