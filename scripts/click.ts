import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod/v4';

/**
 * `npm run click -- <fixture.json> [--practice http://127.0.0.1:3979]`
 *
 * Replays one activity against a bot that runs in practice mode. It goes through the practice tenant, so it arrives
 * signed as Teams signs it; what the bot answers is printed.
 */
const fixtureShape = z.union([
  /** Any activity at all, on top of what Teams would send for that person. */
  z.strictObject({ person: z.string(), activity: z.record(z.string(), z.unknown()) }),
  /** A button of the newest card that has it, pressed like a person would, sign-in included. */
  z.strictObject({
    person: z.string(),
    press: z.object({ verb: z.string(), data: z.record(z.string(), z.unknown()).default({}) }),
  }),
]);
type Fixture = z.infer<typeof fixtureShape>;

const timelineShape = z.array(z.object({ id: z.string(), card: z.unknown().optional() }));

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { practice: { type: 'string', default: 'http://127.0.0.1:3979' } },
  });
  const [file] = positionals;
  if (file === undefined)
    throw new Error('Say which fixture: npm run click -- test/clicks/fixtures/message.json');
  const fixture = fixtureShape.parse(JSON.parse(await readFile(file, 'utf8')));
  const people = new URL(`/practice/people/${encodeURIComponent(fixture.person)}/`, values.practice);
  const answer = 'press' in fixture ? await press(people, fixture) : await send(people, fixture);
  console.log(JSON.stringify(answer, null, 2));
}

function send(people: URL, { activity }: Extract<Fixture, { activity: object }>): Promise<unknown> {
  return ask(new URL('activities', people), activity);
}

async function press(people: URL, fixture: Extract<Fixture, { press: object }>): Promise<unknown> {
  const timeline = timelineShape.parse(await ask(new URL('timeline?settled=true', people)));
  const named = JSON.stringify(fixture.press.verb);
  const entry = timeline.findLast(({ card }) => JSON.stringify(card ?? {}).includes(`"verb":${named}`));
  if (entry === undefined)
    throw new Error(`${fixture.person} sees no card with a button for ${fixture.press.verb}.`);
  return ask(new URL(`cards/${encodeURIComponent(entry.id)}/actions`, people), fixture.press);
}

async function ask(url: URL, body?: unknown): Promise<unknown> {
  const request = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
  const response = await fetch(url, body === undefined ? {} : request).catch(() => undefined);
  if (response === undefined)
    throw new Error(`Nothing answers at ${url.origin}. Start the practice tenant: npm start`);
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return response.json();
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
