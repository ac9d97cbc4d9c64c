import type { PracticeContext } from '../context.js';
import { driveOf, uploadInfoOf } from '../drive/drive.js';
import type { Person } from '../world/people.js';
import { type Envelope, fileConsentActivity } from './activities.js';
import { changeEntry, type Entry } from './chat.js';
import type { ChatBook } from './chat-book.js';
import { type BotLine, type Delivery, deliver } from './deliver.js';

export type Consent = 'accept' | 'decline';

export interface Consenter {
  /** Allows or declines the file that a message offers; the same answer this many times at once. All that came back. */
  consent(person: Person, entry: Entry, answer: Consent, times: number): Promise<readonly Delivery[]>;
}

export function createConsenter(
  ctx: PracticeContext,
  chats: ChatBook,
  line: BotLine,
  envelope: (person: Person) => Envelope,
): Consenter {
  return {
    consent: async (person, entry, action, times) => {
      const { file } = entry;
      if (file?.kind !== 'consent') return [];
      const value =
        action === 'accept'
          ? {
              action,
              context: file.acceptContext,
              uploadInfo: uploadInfoOf(ctx, driveOf(ctx).open(person, file.name)),
            }
          : { action, context: file.declineContext };
      const invoke = fileConsentActivity(envelope(person), entry.id, { type: 'fileUpload', ...value });
      const all = await Promise.all(Array.from({ length: times }, () => deliver(line, invoke)));
      // The client says nothing about an answer that it took; only a bot that fails is told of.
      if (all.some((each) => each.kind !== 'answered' || each.status !== 200)) {
        chats.change(person, (chat) => changeEntry(chat, entry.id, (now) => ({ ...now, notice: failed })));
      }
      return all;
    },
  };
}

const failed = { kind: 'error', text: 'Something went wrong. Please try again.' } as const;
