import { z } from 'zod/v4';
import type { PracticeContext } from '../context.js';
import { createRouter, type Router } from '../http/router.js';
import { type Person, people, tenantId } from '../world/people.js';
import { personAddress } from './addresses.js';
import { cardRoutes } from './card-routes.js';
import { channelRoutes } from './channel-routes.js';
import { type Entry, shownCard } from './chat.js';
import { fileRoutes } from './file-routes.js';
import { personRoute } from './person-route.js';
import { teamsOf } from './teams.js';

const message = z.object({ text: z.string().trim().min(1).max(10_000) });
const block = z.object({ blocked: z.boolean(), as: z.enum(['blocked', 'uninstalled']).default('blocked') });
const sso = z.object({ silent: z.boolean() });
const anyActivity = z.record(z.string(), z.unknown());

/** What people do in their own Teams, and what they read in a channel, by remote control. */
export function peopleRoutes(ctx: PracticeContext): Router {
  const router = createRouter();
  const teams = teamsOf(ctx);
  const { chats, client } = teams;
  const on = personRoute(router);

  router.on('GET', '/people', () => ({ status: 200, body: people.map(listed) }));
  on('GET', '/timeline', z.unknown(), async ({ person, query }) => {
    if (query.get('settled') === 'true') await client.settled(person);
    return { status: 200, body: chats.of(person).entries.map(shown) };
  });
  on('POST', '/messages', message, async ({ person, body }) => ({
    status: 200,
    body: { id: await client.say(person, body.text) },
  }));
  on('POST', '/open', z.unknown(), ({ person }) => {
    client.opened(person);
    return { status: 202, body: {} };
  });
  on('POST', '/block', block, ({ person, body: { blocked, as } }) => {
    chats.change(person, ({ blocked: _before, ...chat }) => (blocked ? { ...chat, blocked: as } : chat));
    return { status: 200, body: { blocked } };
  });
  on('POST', '/sso', sso, ({ person, body: { silent } }) => {
    chats.change(person, (chat) => ({ ...chat, silentSso: silent }), 'quiet');
    return { status: 200, body: { silent } };
  });
  on('POST', '/activities', anyActivity, async ({ person, body: partial }) => {
    const delivery = await client.send(person, partial);
    const { status, body } = delivery.kind === 'answered' ? delivery : { status: 0, body: delivery.kind };
    return { status: 200, body: { status, body } };
  });
  cardRoutes(ctx, teams, on);
  fileRoutes(ctx, teams, on);
  channelRoutes(router, teams);
  return router;
}

function listed(person: Person): object {
  const { key, id, displayName, jobTitle, department, userType, mail } = person;
  const tenant = person.tenantId === tenantId ? 'home' : 'other';
  return {
    key,
    id,
    displayName,
    jobTitle,
    department,
    userType,
    mail,
    tenant,
    address: personAddress(person),
  };
}

/** One message as this person sees it. */
function shown(entry: Entry): object {
  const { id, from, at, updatedAt, text, file, notice, prompt } = entry;
  const signIn = prompt && { kind: prompt.kind, text: prompt.text, title: prompt.title, url: prompt.url };
  return {
    id,
    from,
    at,
    updatedAt,
    text,
    card: shownCard(entry),
    file: shownFile(file),
    notice,
    prompt: signIn,
  };
}

/** What goes back to the bot is not on the card. */
function shownFile(file: Entry['file']): object | undefined {
  if (file?.kind !== 'consent') return file;
  const { kind, name, description, sizeInBytes } = file;
  return { kind, name, description, sizeInBytes };
}
