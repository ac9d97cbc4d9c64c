import type { Card } from '../../../cards/card.js';
import type { CardRow } from '../../../store/schema.js';
import type { HouseServices } from '../../turn.js';
import { attestCard } from '../cards/attest-card.js';
import { caseCard } from '../cards/case-card.js';
import { caseKind } from '../cards/case-row.js';
import { incidentCard } from '../cards/incident-card.js';
import { issueCard } from '../cards/issue-card.js';
import { toldCard } from '../cards/told-card.js';
import { type Case, isOpen } from '../cases.js';
import { incidentKind } from '../incident/addressees.js';
import { attestKind, issueKind, toldKind, whyOf } from './card-rows.js';

/** Kinds of cards that are made from a case, and so can be made from it anew at any time. */
export const caseKinds: readonly string[] = [caseKind, attestKind, issueKind, toldKind, incidentKind];

/** How a card of a case looks now. `mri`: for the refresh by its reader; empty: this is the reader's own view. */
export async function cardFor(
  services: HouseServices,
  one: Case,
  row: Pick<CardRow, 'kind' | 'person' | 'ref' | 'purpose'>,
  { mri = '', problem = '' }: { readonly mri?: string; readonly problem?: string } = {},
): Promise<Card | undefined> {
  const reader = { person: row.person, ref: row.ref, mri, problem };
  if (row.kind === caseKind) return caseCard(services, one, reader);
  if (row.kind === attestKind) return attestCard(services, one, reader);
  if (row.kind === issueKind) return issueCard(services, one, reader);
  if (row.kind === incidentKind) return incidentCard(services, one, reader);
  if (row.kind === toldKind) return toldCard(services, one, { ...reader, why: whyOf(row) });
  return undefined;
}

/** Nothing is left to be done on it; it still shows how the case goes on. */
export function isFinal(one: Case, { kind, person }: Pick<CardRow, 'kind' | 'person'>): boolean {
  if (!isOpen(one)) return true;
  return kind === attestKind && (one.state !== 'attest' || one.attested.some(({ by }) => by === person));
}
