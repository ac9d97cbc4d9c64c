import { shortReference } from '../../../base/ids.js';
import type { Card } from '../../../cards/card.js';
import type { HouseServices } from '../../turn.js';
import type { Case } from '../cases.js';
import { deniedIn, type ToldChange } from '../changes/rows.js';
import { cleanUpSection } from '../clean-up/section.js';
import { incidentText } from '../incident/incident-text.js';
import { passesDeletedAt } from '../incident/steps.js';
import { entraUser } from './entra-users.js';
import type { IncidentChange, IncidentView } from './incident-views.js';

const shownAtMost = 6;

export async function incidentCard(
  services: HouseServices,
  one: Case,
  { ref, problem = '' }: { readonly ref: string; readonly problem?: string },
): Promise<Card> {
  const [denied, cleaned, deletedAt] = await Promise.all([
    deniedIn(services, one.id),
    cleanUpSection(services, one),
    passesDeletedAt(services, one.id),
  ]);
  const open = one.closed_at === 0;
  const names = cleaned.removed.map(({ name }) => name).join(', ');
  return picture({
    ...blank(one.id, one.subject, one.about.subjectName),
    ref,
    state: open ? 'open' : 'closed',
    privileged: one.privileged === 1,
    changes: denied.slice(-shownAtMost).map(changeLine),
    moreChanges: Math.max(0, denied.length - shownAtMost),
    signedOutAt: cleaned.signedOutAt,
    signedOutBy: cleaned.signedOutBy,
    signingOut: cleaned.signingOut,
    removed: cleaned.moreRemoved > 0 ? `${names} and ${cleaned.moreRemoved} more` : names,
    passesDeletedAt: deletedAt,
    canAct: open && services.policy.flows.recovery === 'act',
    outcome: one.about.outcome,
    problem,
  });
}

/** While a step is on its way, or just taken: the card of the case comes after it. */
export function incidentStepCard(
  { caseId, subject, subjectName }: Readonly<Record<'caseId' | 'subject' | 'subjectName', string>>,
  {
    state,
    reference,
    outcome = '',
  }: { readonly state: IncidentView['state']; readonly reference: string; readonly outcome?: string },
): Card {
  const base = blank(caseId, subject, subjectName);
  return picture({ ...base, state, outcome, reference: shortReference(reference) });
}

function picture(view: IncidentView): Card {
  return { template: 'recovery/incident', view };
}

function blank(caseId: string, subject: string, person: string): IncidentView {
  return {
    ref: '',
    state: 'open',
    case: caseId,
    person,
    privileged: false,
    changes: [],
    moreChanges: 0,
    signedOutAt: '',
    signedOutBy: '',
    signingOut: false,
    removed: '',
    passesDeletedAt: '',
    canAct: false,
    outcome: '',
    problem: '',
    portalUrl: entraUser(subject),
    reference: shortReference(caseId),
  };
}

function changeLine(change: ToldChange): IncidentChange {
  const { about, by_id: byId, person, at } = change;
  return {
    text: incidentText(change),
    by: about.byName,
    own: byId === person,
    where: [about.place, about.ip === '' ? '' : `IP ${about.ip}`].filter((part) => part !== '').join(' · '),
    at: new Date(at).toISOString(),
  };
}
