/** Everything a person can read on a card, in reading order, as one text; what only their client reads is left out. */
export function cardText(card: unknown): string {
  if (Array.isArray(card)) return card.map(cardText).filter(Boolean).join('\n');
  if (card === null || typeof card !== 'object') return '';
  const own = Object.entries(card)
    .filter(
      ([key, value]) =>
        ['text', 'title', 'label', 'value', 'placeholder', 'errorMessage'].includes(key) &&
        typeof value === 'string',
    )
    .map(([, value]) => String(value));
  const inner = Object.entries(card)
    .filter(([key]) => !['data', 'fallback', 'refresh'].includes(key))
    .map(([, value]) => cardText(value));
  return [...own, ...inner].filter(Boolean).join('\n');
}

export interface CardAction {
  readonly verb: string;
  readonly title: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The buttons that reach the bot. */
export function cardActions(card: unknown): readonly CardAction[] {
  if (Array.isArray(card)) return card.flatMap(cardActions);
  if (card === null || typeof card !== 'object') return [];
  const values = Object.entries(card)
    .filter(([key]) => key !== 'refresh')
    .flatMap(([, value]) => cardActions(value));
  if (!('type' in card) || card.type !== 'Action.Execute' || !('verb' in card)) return values;
  const data = 'data' in card && typeof card.data === 'object' ? { ...card.data } : {};
  return [{ verb: String(card.verb), title: 'title' in card ? String(card.title) : '', data }, ...values];
}
