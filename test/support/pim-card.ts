import { cardActions, cardText } from './card-text.js';
import type { Card, Entry, InvokeAnswer } from './remote-control.js';

/** How a role is named: by its kind, its id in Entra and the place it is for. */
export interface RoleName {
  readonly kind: string;
  readonly id: string;
  readonly scope: string;
}

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

/** The reference behind a card: every button of it names the same one. */
export function refOf(card: unknown): string {
  const named = cardActions(card).flatMap(({ data }) => [data.ref, data.again]);
  const found = named.find((ref) => typeof ref === 'string' && ref !== '');
  return found === undefined ? missing(`reference in ${cardText(card)}`) : String(found);
}

/** What the list's button for this role sends. */
export function roleIn({ card }: Pick<Entry, 'card'>, { kind, id, scope }: RoleName): object {
  for (const { verb, data } of cardActions(card)) {
    const role = data.role;
    if (verb !== 'pim.form' || typeof role !== 'object' || role === null) continue;
    const sent = role as { readonly kind: string; readonly id: string; readonly scope: string };
    const same = sent.id.toLowerCase().endsWith(id.toLowerCase()) && sent.kind === kind;
    if (same && sent.scope.toLowerCase() === scope.toLowerCase()) return sent;
  }
  return missing(`button for ${kind} ${id} in ${cardText(card)}`);
}

export function missing(what: string): never {
  throw new Error(`There is no ${what}`);
}

/** What the list's button sends that opens the card of something active or under way. */
export function openIn({ card }: Pick<Entry, 'card'>): Readonly<Record<string, unknown>> {
  const found = cardActions(card).find(({ verb }) => verb === 'pim.show');
  return found === undefined ? missing(`button that opens a card in ${cardText(card)}`) : found.data;
}
