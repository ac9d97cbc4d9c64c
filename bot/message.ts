import { second } from '../src/base/clock.js';
import { isAppError } from '../src/base/errors.js';
import type { Log } from '../src/base/log.js';
import { type Sleep, within } from '../src/base/sleep.js';
import type { Card } from '../src/cards/card.js';
import type { Command, House, Outcome } from '../src/flows/flow.js';
import { type Actor, actorFrom } from '../src/identity/actor.js';
import type { Delivery } from '../src/jobs/delivery.js';
import { languageOf, type TeamsActivity } from './activity.js';
import { botError } from './errors.js';
import { textOf } from './message-text.js';
import { isPersonal, senderOf } from './person.js';
import type { Explain } from './problem.js';

export interface MessageParts {
  readonly house: House;
  readonly sender: Delivery;
  readonly explain: Explain;
  readonly log: Log;
  readonly sleep: Sleep;
  readonly tenantId: string;
  /** The way out when the bot cannot help. */
  readonly portalUrl: string;
}

interface Reply {
  readonly card: Card;
  readonly ref?: string;
}

const longest = 500;
const deadline = 9 * second;

/** One written message: understood as a verb, carried out, and answered with a card in the same chat. */
export async function message(parts: MessageParts, activity: TeamsActivity): Promise<void> {
  const chat = { conversationId: activity.conversation.id, serviceUrl: activity.serviceUrl };
  const reply = await replyTo(parts, activity);
  const result = await parts.sender.send(chat, reply.card);
  if (result.kind !== 'sent') {
    parts.log.warn({ result: result.kind }, 'an answer may not have reached its reader');
    return;
  }
  if (reply.ref !== undefined)
    await parts.house.placed(reply.ref, { ...chat, activityId: result.activityId });
}

async function replyTo(parts: MessageParts, activity: TeamsActivity): Promise<Reply> {
  if (!isPersonal(activity)) return { card: notice(parts, words.group) };
  const text = textOf(activity);
  if (text.length > longest) return { card: notice(parts, words.long) };
  const command = parts.house.hear(text);
  try {
    const actor = actorFrom(senderOf(activity), parts.tenantId);
    return await runCommand(parts, activity, { actor, command });
  } catch (error) {
    const { error: known, reference } = parts.explain(error, {
      verb: command.verb,
      person: activity.from.aadObjectId ?? '',
    });
    return { card: notice(parts, { title: words.failed, text: known.says, next: known.next, reference }) };
  }
}

async function runCommand(
  parts: MessageParts,
  activity: TeamsActivity,
  { actor, command }: { readonly actor: Actor; readonly command: Command },
): Promise<Reply> {
  const place = { conversationId: activity.conversation.id, serviceUrl: activity.serviceUrl };
  const afterwards = (error: unknown): void => {
    parts.log.warn({ error, verb: command.verb }, 'a message failed after its answer was due');
  };
  try {
    const work = parts.house.run({ actor, command, place, language: languageOf(activity) });
    const result = await within(work, { ms: deadline, sleep: parts.sleep, afterwards });
    if (result.kind === 'late') throw botError('bot.late');
    return replyWith(parts, result.value);
  } catch (error) {
    if (!isAppError(error) || error.retry !== 'sign-in') throw error;
    return { card: signInCard(command, actor, error.says) };
  }
}

function replyWith(parts: MessageParts, outcome: Outcome): Reply {
  if (outcome.kind === 'card') return outcome;
  return { card: notice(parts, { title: words.title, text: outcome.text, next: '' }) };
}

/** Teams signs people in for cards only; this one repeats the command as soon as it is shown. */
function signInCard({ verb, data }: Command, { mri }: Actor, reason: string): Card {
  return { template: 'shared/sign-in', view: { verb, data, mri, reason } };
}

interface Words {
  readonly title: string;
  readonly text: string;
  readonly next: string;
  readonly reference?: string;
}

function notice({ portalUrl }: MessageParts, { title, text, next, reference = '' }: Words): Card {
  return { template: 'shared/notice', view: { title, text, next, reference, portalUrl } };
}

const words = {
  title: 'Latchkey',
  failed: 'That did not work',
  group: {
    title: 'Please write to me directly',
    text: 'What I do is between you and me, so it works in our personal chat only.',
    next: 'Open a chat with Latchkey and write to me there.',
  },
  long: {
    title: 'That was a lot',
    text: `I read up to ${longest} characters.`,
    next: 'Tell me in a few words what you need, such as the name of a package.',
  },
} as const;
