import type { Log } from '../src/base/log.js';
import type { House } from '../src/flows/flow.js';
import { actorFrom } from '../src/identity/actor.js';
import type { TeamsActivity } from './activity.js';
import { isPersonal, senderOf } from './person.js';

export interface Contacts {
  /** Any authenticated activity tells where its sender is reached, and that it is reached. Never throws. */
  learn(activity: TeamsActivity): Promise<void>;
}

/** Teams may move a chat to another address, so not only the installation counts. */
export function createContacts(house: House, tenantId: string, log: Log): Contacts {
  return {
    async learn(activity) {
      const { conversation, serviceUrl, recipient } = activity;
      if (activity.from.aadObjectId === undefined || !isPersonal(activity) || activity.action === 'remove')
        return;
      try {
        const contact = { conversationId: conversation.id, serviceUrl, botId: recipient.id };
        await house.met(actorFrom(senderOf(activity), tenantId), contact);
      } catch (error) {
        log.error({ error }, 'the address of a person was not kept');
      }
    },
  };
}
