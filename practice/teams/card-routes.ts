import { z } from 'zod/v4';
import type { PracticeContext } from '../context.js';
import type { PracticeResponse } from '../http/router.js';
import { type Entry, findEntry, shownCard } from './chat.js';
import { finishSignIn } from './finish-sign-in.js';
import { type OnPerson, type PersonRequest, refusal } from './person-route.js';
import type { Teams } from './teams.js';

const press = z.object({
  verb: z.string(),
  data: z.record(z.string(), z.unknown()).default({}),
  deliver: z.int().min(1).max(5).default(1),
  raw: z.boolean().default(false),
});
const signIn = z
  .object({ state: z.string().optional(), grant: z.boolean().default(true) })
  .default({ grant: true });

/** Pressing the buttons of a card, and finishing the sign-in that one may ask for. */
export function cardRoutes(ctx: PracticeContext, { chats, client }: Teams, on: OnPerson): void {
  const cardOf = ({ person, params }: PersonRequest<unknown>): Entry | undefined => {
    const entry = findEntry(chats.of(person), params.card ?? '');
    return entry && shownCard(entry) ? entry : undefined;
  };

  on('POST', '/cards/:card/actions', press, async (req) => {
    const entry = cardOf(req);
    if (!entry) return noCard(req);
    const { verb, data, deliver, raw } = req.body;
    const answers = await client.press(req.person, entry, { verb, data, times: deliver, raw });
    const headers = { 'x-practice-answers': String(answers.length) };
    return { status: 200, headers, body: answers[0] };
  });

  on('POST', '/cards/:card/sign-in', signIn, async (req) => {
    const entry = cardOf(req);
    if (!entry) return noCard(req);
    if (!entry.prompt) return refusal(409, 'This card does not ask for a sign-in now.');
    const { state, grant } = req.body;
    // In the room the window was really used: what it handed over comes along, or it handed over nothing.
    const brought = state ?? (grant ? await finishSignIn(ctx, req.person, entry.prompt.url) : undefined);
    const answer = await client.signIn(req.person, entry, brought);
    return { status: 200, body: answer };
  });
}

function noCard({ person, params }: PersonRequest<unknown>): PracticeResponse {
  return refusal(404, `${person.displayName} sees no card with the id "${params.card}".`);
}
