import type { Card } from '../../src/cards/card.js';
import type { Chat, Delivery, SendResult } from '../../src/jobs/delivery.js';

type Send = (chat: Chat) => Promise<SendResult> | SendResult;

export interface FakeDelivery extends Delivery {
  /** `post chat text`, `tell channel text`, `put activity text` or `open person`, in the order Teams was asked. */
  readonly asked: readonly string[];
  /** How the next posts are answered; afterwards they arrive. */
  answerPosts(...answers: readonly Send[]): void;
  answerPuts(...answers: readonly (() => Promise<'updated' | 'gone'>)[]): void;
  refuseChats(code: string): void;
}

/** Teams as the delivery of cards sees it: keeps what it was asked, and answers what a test wants. */
export function fakeDelivery(): FakeDelivery {
  const asked: string[] = [];
  const posts: Send[] = [];
  const puts: (() => Promise<'updated' | 'gone'>)[] = [];
  let refusal: string | undefined;
  return {
    asked,
    answerPosts: (...answers) => void posts.push(...answers),
    answerPuts: (...answers) => void puts.push(...answers),
    refuseChats: (code) => {
      refusal = code;
    },
    openChat: async ({ objectId, serviceUrl }) => {
      asked.push(`open ${objectId}`);
      if (refusal !== undefined) return { kind: 'gone', code: refusal };
      return { conversationId: `chat-of-${objectId}`, serviceUrl };
    },
    send: async (chat, card) => {
      asked.push(`post ${chat.conversationId} ${textOf(card)}`);
      const answer = posts.shift();
      return answer === undefined ? { kind: 'sent', activityId: `activity-${asked.length}` } : answer(chat);
    },
    post: async ({ channel, serviceUrl }, card) => {
      asked.push(`tell ${channel} ${textOf(card)}`);
      const answer = posts.shift();
      const activityId = `activity-${asked.length}`;
      return answer?.({ conversationId: channel, serviceUrl }) ?? { kind: 'sent', activityId };
    },
    update: async (_chat, activityId, card) => {
      asked.push(`put ${activityId} ${textOf(card)}`);
      return (await puts.shift()?.()) ?? 'updated';
    },
  };
}

function textOf(card: Card): string {
  return 'text' in card.view ? String(card.view.text) : '';
}
