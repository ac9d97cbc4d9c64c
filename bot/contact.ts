import type { Log } from '../src/base/log.js';
import type { House } from '../src/flows/flow.js';
import { actorFrom } from '../src/identity/actor.js';
import type { TeamsActivity } from './activity.js';
import { isPersonal, senderOf } from './person.js';

export interface Contacts {
  /** Any authenticated activity tells where its sender is reached; only news are handed on. Never throws. */
  learn(activity: TeamsActivity): Promise<void>;
}

const most = 20_000;

/** Teams may move a chat to another address, so not only the installation counts. */
export function createContacts(house: House, tenantId: string, log: Log): Contacts {
  const known = new Map<string, string>();

  async function tell(activity: TeamsActivity, objectId: string, address: string): Promise<void> {
    const { conversation, serviceUrl, recipient } = activity;
    const contact = { conversationId: conversation.id, serviceUrl, botId: recipient.id };
    await house.met(actorFrom(senderOf(activity), tenantId), contact);
    if (known.size >= most) known.delete(known.keys().next().value ?? '');
    known.set(objectId, address);
  }

  return {
    async learn(activity) {
      const objectId = activity.from.aadObjectId;
      if (objectId === undefined || !isPersonal(activity) || activity.action === 'remove') return;
      const address = `${activity.conversation.id} ${activity.serviceUrl}`;
      // An installation is always handed on: the chat may have been given up as dead before.
      if (activity.type !== 'installationUpdate' && known.get(objectId) === address) return;
      try {
        await tell(activity, objectId, address);
      } catch (error) {
        log.error({ error }, 'the address of a person was not kept');
      }
    },
  };
}
