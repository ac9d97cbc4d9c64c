import { cardActions, cardText } from './card-text.js';
import { missing } from './missing.js';
import type { Entry } from './remote-control.js';

/** How a role is named: by its kind, its id in Entra and the place it is for. */
export interface RoleName {
  readonly kind: string;
  readonly id: string;
  readonly scope: string;
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

/** What the list's button sends that opens the card of something active or under way. */
export function openIn({ card }: Pick<Entry, 'card'>): Readonly<Record<string, unknown>> {
  const found = cardActions(card).find(({ verb }) => verb === 'pim.show');
  return found === undefined ? missing(`button that opens a card in ${cardText(card)}`) : found.data;
}
