import { Application } from '@microsoft/teams-ai/lib/Application.js';
import type { TurnState } from '@microsoft/teams-ai/lib/TurnState.js';
import type { TurnContext } from 'botbuilder';
import type { Log } from '../src/base/log.js';
import { activityOf } from './activity.js';
import type { TeamsAdapter } from './adapter.js';
import { type CardActionParts, cardAction } from './card-action.js';
import type { Contacts } from './contact.js';
import { type FileConsentParts, fileConsent } from './file-consent.js';
import { type MessageParts, message } from './message.js';

export interface ApplicationParts {
  readonly adapter: TeamsAdapter;
  readonly contacts: Contacts;
  readonly cardAction: CardActionParts;
  readonly fileConsent: FileConsentParts;
  readonly message: MessageParts;
  readonly log: Log;
}

/**
 * The router, and nothing else of that library: no storage, no sign-in, no typing timer (it is shared by all turns),
 * and not its own `actionExecute`, which puts one person's card into everybody's message.
 */
export function createApplication(parts: ApplicationParts): Application<TurnState> {
  const { adapter, contacts, log } = parts;
  const app = new Application<TurnState>({ startTypingTimer: false, removeRecipientMention: false });
  // Nothing leaks from here: the caller gets an empty answer, the log the rest.
  adapter.onTurnError = async (_context, error) => log.error({ error }, 'a turn failed');

  app.addRoute(invoked('adaptiveCard/action'), (context) => answerCardAction(parts, context), true);
  app.addRoute(invoked('fileConsent/invoke'), (context) => answerFileConsent(parts, context), true);
  app.activity('message', async (context) => {
    const activity = activityOf(context);
    await contacts.learn(activity);
    await message(parts.message, activity);
  });
  for (const type of ['installationUpdate', 'conversationUpdate']) {
    app.activity(type, (context) => contacts.learn(activityOf(context)));
  }
  return app;
}

function invoked(name: string) {
  return async ({ activity }: TurnContext): Promise<boolean> =>
    activity.type === 'invoke' && activity.name === name;
}

async function answerCardAction(
  { contacts, cardAction: click }: ApplicationParts,
  context: TurnContext,
): Promise<void> {
  const activity = activityOf(context);
  const learned = contacts.learn(activity);
  const body = await cardAction(click, activity);
  await learned;
  await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body } });
}

async function answerFileConsent(
  { contacts, fileConsent: parts }: ApplicationParts,
  context: TurnContext,
): Promise<void> {
  const activity = activityOf(context);
  const learned = contacts.learn(activity);
  const value = await fileConsent(parts, activity);
  await learned;
  await context.sendActivity({ type: 'invokeResponse', value });
}
