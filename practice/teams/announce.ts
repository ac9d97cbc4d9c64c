import type { PracticeContext } from '../context.js';
import { type Person, people, tenantId } from '../world/people.js';
import { refuse } from '../world/refusal.js';
import { teamsOf } from './teams.js';

const atOnce = 4;

/** Tells the bot once per world that it was added for everybody of the home tenant. */
export async function announceEverybody(ctx: PracticeContext): Promise<void> {
  const { chats, client } = teamsOf(ctx);
  const waiting = people.filter((person) => person.tenantId === tenantId && !chats.of(person).installed);
  const refused: string[] = [];

  const work = async (): Promise<void> => {
    for (let person = waiting.shift(); person; person = waiting.shift()) {
      const told = await client.install(person);
      if (!chats.of(person).installed) refused.push(describe(person, told));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  await chats.saved();
  if (refused.length > 0) {
    const message = `The bot at ${ctx.botUrl} did not take the news that it was added: ${refused.join('; ')}.`;
    refuse(502, 'BotUnavailable', message);
  }
}

function describe(person: Person, told: { readonly kind: string; readonly status?: number }): string {
  return `${person.displayName}: ${told.kind === 'answered' ? `HTTP ${told.status}` : told.kind}`;
}
