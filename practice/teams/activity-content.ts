import { z } from 'zod/v4';
import { consentType, type FileCard, infoType, readFileCard } from './file-content.js';
import type { JsonRecord } from './json.js';

export type Content =
  | {
      readonly kind: 'message';
      readonly text?: string;
      readonly card?: JsonRecord;
      readonly file?: FileCard;
    }
  | { readonly kind: 'typing' }
  | { readonly kind: 'bad'; readonly why: string };

const activity = z.looseObject({
  type: z.string(),
  text: z.string().optional(),
  attachments: z.array(z.looseObject({ contentType: z.string(), content: z.unknown() })).optional(),
});
const adaptiveCard = z.looseObject({ type: z.literal('AdaptiveCard'), version: z.string() });

const adaptiveType = 'application/vnd.microsoft.card.adaptive';
// 100 KB counted in UTF-16, as Teams counts it.
const mostBytes = 100 * 1_024;

export function isTooBig(body: unknown): boolean {
  return JSON.stringify(body ?? null).length * 2 > mostBytes;
}

/** What a message shows. One text and one card, Adaptive or of a file: more than that no part of Latchkey ever sends. */
export function readContent(body: unknown): Content {
  const parsed = activity.safeParse(body);
  if (!parsed.success) return { kind: 'bad', why: 'The activity needs a type.' };
  const { type, text, attachments = [] } = parsed.data;
  if (type === 'typing') return { kind: 'typing' };
  if (type !== 'message') return { kind: 'bad', why: `Activities of type ${type} cannot be sent to a chat.` };

  const [first, ...others] = attachments;
  if (others.length > 0) return { kind: 'bad', why: 'The practice tenant takes one attachment a message.' };
  if (!first)
    return text ? { kind: 'message', text } : { kind: 'bad', why: 'The message has no text and no card.' };
  if (first.contentType === consentType || first.contentType === infoType) {
    const file = readFileCard(first.contentType, first);
    return file ? { kind: 'message', file } : { kind: 'bad', why: 'The card of the file is not complete.' };
  }
  if (first.contentType !== adaptiveType)
    return { kind: 'bad', why: `Unknown attachment type ${first.contentType}.` };
  const card = adaptiveCard.safeParse(first.content);
  if (!card.success) return { kind: 'bad', why: 'The attachment is not an Adaptive Card with a version.' };
  return { kind: 'message', card: card.data, ...(text ? { text } : {}) };
}
