import { z } from 'zod/v4';
import { second } from '../src/base/clock.js';
import type { Log } from '../src/base/log.js';
import { type Sleep, within } from '../src/base/sleep.js';
import type { Command, Drive, House } from '../src/flows/flow.js';
import { actorFrom } from '../src/identity/actor.js';
import type { Delivery } from '../src/jobs/delivery.js';
import { languageOf, type TeamsActivity } from './activity.js';
import { botError } from './errors.js';
import type { FileCards } from './file-cards.js';
import type { FileHosts } from './file-hosts.js';
import { problemAnswer } from './invoke-answer.js';
import { isPersonal, senderOf } from './person.js';
import type { Explain, Problem } from './problem.js';
import type { Upload } from './upload.js';

export interface FileConsentParts {
  readonly house: House;
  readonly sender: Delivery;
  readonly fileCards: FileCards;
  readonly fileHosts: FileHosts;
  readonly upload: Upload;
  readonly explain: Explain;
  readonly log: Log;
  readonly sleep: Sleep;
  readonly tenantId: string;
  /** The way out. */
  readonly portalUrl: string;
}

/** An HTTP answer: nobody sees the body, so what a person has to know is written to them. */
export interface ConsentAnswer {
  readonly status: number;
  readonly body?: unknown;
}

const text = z.string().min(1);
const uploadInfo = z.object({
  uploadUrl: text.max(8_192),
  contentUrl: text.max(8_192),
  name: text.max(400),
  uniqueId: text.max(200),
  fileType: z.string().max(50),
});
const about = { type: z.literal('fileUpload'), context: z.unknown() };
const consent = z.discriminatedUnion('action', [
  z.object({ ...about, action: z.literal('accept'), uploadInfo }),
  z.object({ ...about, action: z.literal('decline') }),
]);
const command = z.object({ verb: text.max(100), data: z.unknown() });

type Accepted = Extract<z.infer<typeof consent>, { action: 'accept' }>;

/** Teams waits little longer; what comes of it is told in messages, so it may go on afterwards. */
const deadline = 8 * second;

/** Somebody allowed or declined a file. */
export async function fileConsent(parts: FileConsentParts, activity: TeamsActivity): Promise<ConsentAnswer> {
  // Teams offers files in personal chats only, and there is nobody but a whole group who would read a reason.
  if (!isPersonal(activity)) {
    const problem = parts.explain(botError('bot.not-personal'), aboutOf(activity, unreadable));
    return { status: 400, body: problemAnswer(problem) };
  }
  const afterwards = (error: unknown): void =>
    parts.log.error({ error }, 'a file failed after its answer was due');
  await within(answer(parts, activity), { ms: deadline, sleep: parts.sleep, afterwards });
  return { status: 200 };
}

async function answer(parts: FileConsentParts, activity: TeamsActivity): Promise<void> {
  const value = consent.safeParse(activity.value);
  const asked = value.success && value.data.action === 'accept' ? commandIn(value.data) : unreadable;
  try {
    if (!value.success) throw botError('bot.bad-action');
    if (value.data.action === 'accept') await accept(parts, activity, value.data, asked);
    else await takeAway(parts, activity);
  } catch (error) {
    await tell(parts, activity, parts.explain(error, aboutOf(activity, asked)));
  }
}

async function accept(
  parts: FileConsentParts,
  activity: TeamsActivity,
  { uploadInfo: { uploadUrl, ...file } }: Accepted,
  asked: Command,
): Promise<void> {
  const chat = chatOf(activity);
  const { replyToId } = activity;
  const drive: Drive = {
    check() {
      // The link is shown for the file, so it is judged as well.
      if (![uploadUrl, file.contentUrl].every(parts.fileHosts)) throw botError('bot.file-address');
    },
    put: (content) => parts.upload(uploadUrl, content),
  };
  const ended = await parts.house.handOver(
    {
      actor: actorFrom(senderOf(activity), parts.tenantId),
      command: asked,
      place: { ...chat, ...(replyToId ? { activityId: replyToId } : {}) },
      language: languageOf(activity),
    },
    drive,
  );
  if (ended === 'under-way') return;
  await orLogged(parts, 'the card of a saved file was not sent', parts.fileCards.show(chat, file));
  await takeAway(parts, activity);
}

/** The person reads why; the offer stays only where the same press may work in a minute. */
async function tell(parts: FileConsentParts, activity: TeamsActivity, problem: Problem): Promise<void> {
  const { error, reference } = problem;
  const view = {
    title: 'You do not have that file',
    text: error.says,
    next: error.next,
    reference,
    portalUrl: parts.portalUrl,
  };
  const sent = parts.sender.send(chatOf(activity), { template: 'shared/notice', view });
  await orLogged(parts, 'a problem with a file was not told', sent);
  if (error.retry === 'no' || error.code === 'bot.file-not-saved') await takeAway(parts, activity);
}

/** Teams leaves it there with both its buttons. */
async function takeAway(parts: FileConsentParts, activity: TeamsActivity): Promise<void> {
  const { replyToId } = activity;
  if (!replyToId) return;
  const removed = parts.fileCards.remove(chatOf(activity), replyToId);
  await orLogged(parts, 'an offer of a file was not taken away', removed);
}

async function orLogged({ log }: FileConsentParts, message: string, work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    log.warn({ error }, message);
  }
}

const unreadable: Command = { verb: 'unknown', data: {} };

/** What the offer carried; whatever else came back is no command of ours, and refused as such. */
function commandIn({ context }: Accepted): Command {
  const read = command.safeParse(context);
  return read.success ? { verb: read.data.verb, data: read.data.data } : unreadable;
}

function chatOf({ conversation, serviceUrl }: TeamsActivity) {
  return { conversationId: conversation.id, serviceUrl };
}

function aboutOf({ from }: TeamsActivity, { verb }: Command) {
  return { verb, person: from.aadObjectId ?? '' };
}
