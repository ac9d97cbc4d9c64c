import { z } from 'zod/v4';
import type { PracticeRequest, PracticeResponse } from '../http/router.js';
import { readContent } from './activity-content.js';
import { channels } from './channels.js';
import { badSyntax, conversationNotFound } from './connector-errors.js';
import type { Gate } from './connector-gate.js';
import type { Desk } from './connector-messages.js';
import { newMessageId } from './message-id.js';

const parameters = z.looseObject({
  isGroup: z.literal(true),
  channelData: z.looseObject({ channel: z.looseObject({ id: z.string() }) }),
  activity: z.unknown(),
});

/** Is it a new thread in a channel that is wanted, and not a chat with somebody? */
export function isForChannel(body: unknown): boolean {
  return parameters.safeParse(body).success;
}

/** A bot begins a thread in a channel by creating a conversation there, with its first message. */
export function postToChannel(desk: Desk, gate: Gate, req: PracticeRequest): PracticeResponse {
  const parsed = parameters.safeParse(req.body);
  if (!parsed.success) return badSyntax('Incorrect conversation creation parameters.');
  const { channelData, activity } = parsed.data;
  const channel = channels.find(({ id }) => id === channelData.channel.id);
  if (!channel) return conversationNotFound;
  const refusal = gate.refusePost(channel, req.body);
  if (refusal) return refusal;
  const content = readContent(activity);
  if (content.kind === 'bad') return badSyntax(content.why);
  if (content.kind === 'typing') return badSyntax('A thread cannot begin with typing.');
  const { kind: _kind, ...said } = content;
  const activityId = newMessageId();
  const at = desk.clock.now().toISOString();
  desk.channels.add(channel, { id: activityId, from: 'bot', at, version: 0, ...said });
  return { status: 201, body: { id: `${channel.id};messageid=${activityId}`, activityId } };
}
