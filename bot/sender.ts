import type { Activity } from 'botbuilder';
import type { Card } from '../src/cards/card.js';
import type { Renderer } from '../src/cards/render.js';
import type { Channel, Delivery, SendResult } from '../src/jobs/delivery.js';
import type { Connectors } from './connectors.js';
import { botError } from './errors.js';
import { createPersistentCall, type PersistentCall, type PersistentCallOptions } from './persistent-call.js';

export interface SenderOptions extends PersistentCallOptions {
  readonly connectors: Connectors;
  readonly renderer: Renderer;
  readonly appId: string;
}

/** Every other refusal of a chat is about its person, who may let us in again. */
const messageGone = new Set(['ActivityNotFoundInConversation', 'too-big']);
const cardType = 'application/vnd.microsoft.card.adaptive';

export function createSender(options: SenderOptions): Delivery {
  const { connectors, metrics } = options;
  const call = createPersistentCall(options);

  return {
    async send(chat, card): Promise<SendResult> {
      const message = messageOf(options, card);
      const { conversations } = connectors.at(chat.serviceUrl);
      const ended = await call({ chat: chat.conversationId, repeatable: false }, () =>
        conversations.sendToConversation(chat.conversationId, message),
      );
      metrics.sent('post', ended.kind);
      if (ended.kind === 'gone') return ended;
      if (ended.kind === 'unknown' || !ended.value.id) return { kind: 'uncertain' };
      return { kind: 'sent', activityId: ended.value.id };
    },

    post: (channel, card) => postInChannel(options, call, channel, card),

    async update(chat, activityId, card) {
      const message = messageOf(options, card);
      const { conversations } = connectors.at(chat.serviceUrl);
      const ended = await call({ chat: chat.conversationId, repeatable: true }, () =>
        conversations.updateActivity(chat.conversationId, activityId, { ...message, id: activityId }),
      );
      metrics.sent('put', ended.kind);
      if (ended.kind === 'unknown') throw botError('bot.teams-unreachable');
      if (ended.kind === 'done') return 'updated';
      return messageGone.has(ended.code) ? 'gone' : 'blocked';
    },

    async openChat({ objectId, tenantId, serviceUrl }) {
      const { conversations } = connectors.at(serviceUrl);
      const ended = await call({ chat: objectId, repeatable: true, aboutPerson: true }, () =>
        conversations.createConversation({
          isGroup: false,
          bot: me(options),
          members: [{ id: objectId, name: '' }],
          tenantId,
          channelData: { tenant: { id: tenantId } },
        }),
      );
      if (ended.kind === 'gone') return ended;
      if (ended.kind === 'unknown' || !ended.value.id) throw botError('bot.teams-unreachable');
      return { conversationId: ended.value.id, serviceUrl };
    },
  };
}

/** A bot begins a thread by creating a conversation, with its first message. */
async function postInChannel(
  options: SenderOptions,
  call: PersistentCall,
  { channel, serviceUrl }: Channel,
  card: Card,
): Promise<SendResult> {
  const activity = asWhole(messageOf(options, card));
  const { conversations } = options.connectors.at(serviceUrl);
  const ended = await call({ chat: channel, repeatable: false }, () =>
    conversations.createConversation({
      isGroup: true,
      bot: me(options),
      channelData: { channel: { id: channel } },
      activity,
    }),
  );
  options.metrics.sent('post', ended.kind);
  if (ended.kind === 'gone') return ended;
  if (ended.kind === 'unknown' || !ended.value.activityId) return { kind: 'uncertain' };
  return { kind: 'sent', activityId: ended.value.activityId };
}

/** No text beside the card: Teams would split it into two messages and give back no id that can be edited. */
function messageOf(options: SenderOptions, card: Card): Partial<Activity> {
  const { content, summary } = options.renderer.render(card);
  return { type: 'message', from: me(options), summary, attachments: [{ contentType: cardType, content }] };
}

function me({ appId }: SenderOptions) {
  return { id: `28:${appId}`, name: 'Latchkey' };
}

/** The type of the SDK asks here for what only an activity that came from Teams has. */
function asWhole(activity: Partial<Activity>): Activity {
  return activity as Activity;
}
