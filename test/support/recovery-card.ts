import { cardActions, cardText } from './card-text.js';
import { missing } from './missing.js';
import { cardOf, hasButton } from './on-card.js';
import type { InvokeAnswer } from './remote-control.js';

const names: Readonly<Record<string, string>> = {
  engineer: 'Ayumi Fernqvist',
  manager: 'Olumide Castellane',
  security: 'Ingrid Balasuntharam',
  helpdesk: 'Tomasz Okonjeva',
  finance: 'Leilani Brandvold',
  appowner: 'Wanjiru Halvorsen',
  starter: 'Noor Achterberg',
};

/** What people are called, by their key in the practice tenant. */
export function nameOf(person: string): string {
  return names[person] ?? missing(person);
}

/** The one card that shows a code: its only button says that it was read out. */
export function isPassCard(card: unknown): boolean {
  return hasButton(card, 'recovery.read-out');
}

/** The code that an answer shows. */
export function codeIn(answer: InvokeAnswer): string {
  const card = cardOf(answer);
  return (isPassCard(card) ? monospaced(card) : undefined) ?? missing(`code in ${cardText(card)}`);
}

function monospaced(card: unknown): string | undefined {
  if (card === null || typeof card !== 'object') return undefined;
  if ('fontType' in card && card.fontType === 'Monospace' && 'text' in card) return String(card.text);
  return Object.values(card)
    .map(monospaced)
    .find((found) => found !== undefined);
}

export interface Choice {
  readonly title: string;
  readonly value: string;
}

/** What can be picked on the card that takes away what was lost. */
export function methodsIn(card: unknown): readonly Choice[] {
  if (card === null || typeof card !== 'object') return [];
  if ('id' in card && card.id === 'methods' && 'choices' in card && Array.isArray(card.choices))
    return card.choices;
  return Object.values(card).flatMap(methodsIn);
}

/** What the button with this title sends, where a card has several of one verb. */
export function dataTitled(card: unknown, title: RegExp): Readonly<Record<string, unknown>> {
  const found = cardActions(card).find((action) => title.test(action.title));
  return found?.data ?? missing(`button ${title} in ${cardText(card)}`);
}

const authenticatorOnIphone = '90a3ccdf-635c-4729-a248-9b709135078f';

/** What somebody registers who is in again. */
export function newPasskey(name = 'New iPhone', type: 'deviceBound' | 'synced' = 'deviceBound'): object {
  return { name, aaguid: authenticatorOnIphone, type };
}
