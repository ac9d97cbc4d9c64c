import type { PracticeRequest, PracticeResponse } from '../http/router.js';
import type { PracticeClock } from '../world/clock.js';
import type { Person } from '../world/people.js';
import { readContent } from './activity-content.js';
import { addEntry, changeEntry, type Entry, edited, findEntry, removeEntry } from './chat.js';
import { activityNotFound, badSyntax } from './connector-errors.js';
import { newMessageId } from './message-id.js';
import type { Teams } from './teams.js';

export interface Desk extends Teams {
  readonly clock: PracticeClock;
}

export function postMessage({ chats, client, clock }: Desk, body: unknown, person: Person): PracticeResponse {
  const content = readContent(body);
  if (content.kind === 'bad') return badSyntax(content.why);
  const id = newMessageId();
  if (content.kind === 'typing') return { status: 201, body: { id } };
  const { kind: _kind, ...shown } = content;
  chats.change(person, (chat) =>
    addEntry(chat, { id, from: 'bot', at: clock.now().toISOString(), version: 0, ...shown }),
  );
  client.drawn(person, id);
  return { status: 201, body: { id } };
}

export function editMessage(
  { chats, client, clock }: Desk,
  req: PracticeRequest,
  person: Person,
): PracticeResponse {
  const entry = ownMessage(chats, req, person);
  if (!entry) return activityNotFound;
  const content = readContent(req.body);
  if (content.kind === 'bad') return badSyntax(content.why);
  if (content.kind === 'typing') return badSyntax('A message cannot be changed into typing.');
  const { kind: _kind, ...shown } = content;
  chats.change(person, (chat) => changeEntry(chat, entry.id, (now) => edited(now, shown, clock.now())));
  client.drawn(person, entry.id);
  return { status: 200, body: { id: entry.id } };
}

export function deleteMessage({ chats }: Desk, req: PracticeRequest, person: Person): PracticeResponse {
  const entry = ownMessage(chats, req, person);
  if (!entry) return activityNotFound;
  chats.change(person, (chat) => removeEntry(chat, entry.id));
  return { status: 200, body: {} };
}

/** The bot can change what it said itself, never what the person said. */
function ownMessage(chats: Desk['chats'], req: PracticeRequest, person: Person): Entry | undefined {
  const entry = findEntry(chats.of(person), req.params.activity ?? '');
  return entry?.from === 'bot' ? entry : undefined;
}
