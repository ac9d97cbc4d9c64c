import { cardActions, cardText } from './card-text.js';
import { missing } from './missing.js';
import type { Card, InvokeAnswer } from './remote-control.js';

/** Its reader's own view: a card that is still to be signed in for asks to be refreshed. */
export function isOpened(card: Card | undefined): boolean {
  return card !== undefined && card.refresh === undefined;
}

/** The card in an answer; anything else is a failed test that says what came. */
export function cardOf({ statusCode, type, value }: InvokeAnswer): Card {
  if (type !== 'application/vnd.microsoft.card.adaptive') {
    throw new Error(`No card but ${statusCode} ${type}: ${JSON.stringify(value)}`);
  }
  return value as Card;
}

/** What can be read in an answer, be it a card, a notice or an error. */
export function readIn({ value }: InvokeAnswer): string {
  if (typeof value === 'string') return value;
  const isError = value !== null && typeof value === 'object' && 'message' in value;
  return isError ? String(value.message) : cardText(value);
}

/** What an input of the card holds. */
export function inputIn(card: unknown, id: string): string | undefined {
  if (card === null || typeof card !== 'object') return undefined;
  if ('id' in card && card.id === id && 'value' in card) return String(card.value);
  return Object.values(card)
    .map((inner) => inputIn(inner, id))
    .find((found) => found !== undefined);
}

export function hasButton(card: unknown, verb: string): boolean {
  return cardActions(card).some((action) => action.verb === verb);
}

/** What the button with this verb sends; of several the first whose data agree. */
export function dataOf(card: unknown, verb: string, like: object = {}): Readonly<Record<string, unknown>> {
  const found = cardActions(card).find(
    (action) =>
      action.verb === verb && Object.entries(like).every(([key, value]) => action.data[key] === value),
  );
  return found?.data ?? missing(`button ${verb} in ${cardText(card)}`);
}

/** The reference behind a card: every button of it names the same one. */
export function refOf(card: unknown): string {
  const named = cardActions(card).flatMap(({ data }) => [data.ref, data.again]);
  const found = named.find((ref) => typeof ref === 'string' && ref !== '');
  return found === undefined ? missing(`reference in ${cardText(card)}`) : String(found);
}
