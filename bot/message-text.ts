import { z } from 'zod/v4';
import type { TeamsActivity } from './activity.js';

const mention = z.object({
  type: z.literal('mention'),
  text: z.string().min(1).max(512),
  mentioned: z.object({ id: z.string() }),
});

/** What was written, without the bot's own name in it. */
export function textOf({ text, entities, recipient }: TeamsActivity): string {
  const mentions = (entities ?? []).map((entity) => mention.safeParse(entity)).filter((each) => each.success);
  const ours = mentions.filter(({ data }) => data.mentioned.id === recipient.id);
  const without = ours.reduce((rest, { data }) => rest.replaceAll(data.text, ' '), text ?? '');
  return without.replace(/\s+/g, ' ').trim();
}
