import type { Activity, Attachment } from 'botbuilder';
import type { FileOffer } from '../src/flows/flow.js';
import type { Chat } from '../src/jobs/delivery.js';
import type { Connectors } from './connectors.js';
import { botError } from './errors.js';
import { createPersistentCall, type PersistentCallOptions } from './persistent-call.js';

/** A file where Teams has put it, as it tells of it when somebody allows the upload. */
export interface PlacedFile {
  readonly name: string;
  readonly contentUrl: string;
  readonly uniqueId: string;
  readonly fileType: string;
}

/** The cards of Teams' own that go with a file: it draws them, and works in personal chats only. */
export interface FileCards {
  offer(chat: Chat, offer: FileOffer): Promise<void>;
  show(chat: Chat, file: PlacedFile): Promise<void>;
  remove(chat: Chat, activityId: string): Promise<void>;
}

export interface FileCardsOptions extends PersistentCallOptions {
  readonly connectors: Connectors;
  readonly appId: string;
}

export function createFileCards(options: FileCardsOptions): FileCards {
  const { connectors, metrics } = options;
  const call = createPersistentCall(options);

  async function send(chat: Chat, summary: string, attachment: Attachment): Promise<boolean> {
    const from = { id: `28:${options.appId}`, name: 'Latchkey' };
    const message: Partial<Activity> = { type: 'message', from, summary, attachments: [attachment] };
    const { conversations } = connectors.at(chat.serviceUrl);
    const ended = await call({ chat: chat.conversationId, repeatable: false }, () =>
      conversations.sendToConversation(chat.conversationId, message),
    );
    metrics.sent('post', ended.kind);
    // A lost answer is none: it may well be there, and whoever misses it presses again.
    return ended.kind !== 'gone';
  }

  return {
    async offer(chat, offer) {
      const sent = await send(chat, `A file for you: ${offer.name}`, consentCard(offer)).catch(() => false);
      if (!sent) throw botError('bot.file-not-offered');
    },
    async show(chat, file) {
      await send(chat, file.name, infoCard(file));
    },
    async remove(chat, activityId) {
      const { conversations } = connectors.at(chat.serviceUrl);
      await call({ chat: chat.conversationId, repeatable: true }, () =>
        conversations.deleteActivity(chat.conversationId, activityId),
      );
    },
  };
}

function consentCard({ name, description, size, accept }: FileOffer): Attachment {
  return {
    contentType: 'application/vnd.microsoft.teams.card.file.consent',
    name,
    content: { description, sizeInBytes: size, acceptContext: accept, declineContext: {} },
  };
}

function infoCard({ name, contentUrl, uniqueId, fileType }: PlacedFile): Attachment {
  return {
    contentType: 'application/vnd.microsoft.teams.card.file.info',
    contentUrl,
    name,
    content: { uniqueId, fileType },
  };
}
