import { appId, type Person, people, personById } from '../world/people.js';

// Ids as Teams forms them: 28: a bot, 29: a person as this bot knows them, a: a one-to-one chat with the bot.
export const botAddress = `28:${appId}`;
export const botName = 'Latchkey';

export function personAddress(person: Person): string {
  return `29:1-${person.key}`;
}

export function chatAddress(person: Person): string {
  return `a:1-${person.key}`;
}

/** The connector takes the 29: address or the Entra object id, as the real one does. */
export function personByAddress(id: string): Person | undefined {
  return people.find((person) => personAddress(person) === id) ?? personById(id);
}

export function personByChat(chatId: string): Person | undefined {
  return people.find((person) => chatAddress(person) === chatId);
}
