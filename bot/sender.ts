import type { Activity } from 'botbuilder';
import type { Card } from '../src/cards/card.js';
import type { Renderer } from '../src/cards/render.js';
import type { Delivery, SendResult } from '../src/jobs/delivery.js';
import type { Connectors } from './connectors.js';
import { botError } from './errors.js';
import { createPersistentCall, type PersistentCallOptions } from './persistent-call.js';

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
          bot: { id: `28:${options.appId}`, name: 'Latchkey' },
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

/** No text beside the card: Teams would split it into two messages and give back no id that can be edited. */
function messageOf({ renderer, appId }: SenderOptions, card: Card): Partial<Activity> {
  const { content, summary } = renderer.render(card);
  const from = { id: `28:${appId}`, name: 'Latchkey' };
  return { type: 'message', from, summary, attachments: [{ contentType: cardType, content }] };
}
