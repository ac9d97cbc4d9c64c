import { livingTags } from './markdown.js';

/** What Markdown makes of all texts of a card that know it: the text blocks and the facts. */
export function livingIn(card: unknown): readonly string[] {
  if (Array.isArray(card)) return card.flatMap(livingIn);
  if (typeof card !== 'object' || card === null) return [];
  return Object.entries(card).flatMap(([key, value]) => {
    if (key === 'text' && 'type' in card && card.type === 'TextBlock') return livingTags(String(value));
    if (key === 'facts' && Array.isArray(value)) {
      return value.flatMap(({ title, value: said }) => [...livingTags(title), ...livingTags(said)]);
    }
    return key === 'data' ? [] : livingIn(value);
  });
}
