import type { Card } from '../../../cards/card.js';
import { usersByIds } from '../../../graph/users-by-ids.js';
import { claimOfStep } from '../../claims.js';
import { mySignIns } from '../../links.js';
import type { HouseServices } from '../../turn.js';
import { type Case, itemOf } from '../cases.js';
import { inWrongHands } from '../clean-up/in-wrong-hands.js';
import { areSessionsOver } from '../clean-up/section.js';
import { type CaseSnapshot, snapshotOf } from './case-snapshot.js';
import type { CaseView, StepState } from './case-views.js';
import { spanText } from './span-text.js';

export interface CaseReader {
  readonly person: string;
  readonly ref: string;
  /** Address of the reader, for the refresh; empty: this is their own view. */
  readonly mri: string;
  readonly problem?: string;
}

/** What is on the card, and not in the case itself. */
export interface CaseExtras {
  /** Names of those who were asked to vouch. */
  readonly waitingFor?: string;
  /** In ms: when they signed out everywhere; `now`: that is on its way. */
  readonly signedOut?: number | 'now';
  /** Nothing is signed in any more from before, whoever saw to that. */
  readonly sessionsOver?: boolean;
}

const namedAtMost = 3;

/** What whoever it is about, and whoever opened it, read of a case. */
export async function caseCard(services: HouseServices, one: Case, reader: CaseReader): Promise<Card> {
  const [waitingFor, claim, sessionsOver] = await Promise.all([
    one.state === 'attest' ? namesOfAsked(services, one) : '',
    claimOfStep(services, signOutKey(one.id)),
    areSessionsOver(services, one),
  ]);
  const signedOut = claim?.state === 'done' ? (claim.settled_at ?? claim.created_at) : ('now' as const);
  const extras: CaseExtras = claim === undefined ? { waitingFor, sessionsOver } : { waitingFor, signedOut };
  return caseCardFrom(services, snapshotOf(one), reader, extras);
}

/** The one step of signing out everywhere that whoever it is about takes on their card. */
export function signOutKey(caseId: string) {
  return { item: itemOf(caseId), stage: 'own', action: 'sign-out' };
}

export function caseCardFrom(
  { policy: { flows, recovery } }: HouseServices,
  one: CaseSnapshot,
  { person, ref, mri, problem = '' }: CaseReader,
  { waitingFor = '', signedOut, sessionsOver = false }: CaseExtras = {},
): Card {
  const mine = person === one.subject;
  const act = flows.recovery === 'act' && one.open && ref !== '';
  const early = !one.passMade && (one.state === 'attest' || one.state === 'issue');
  const view: CaseView = {
    ref,
    mri,
    state: one.state,
    kind: one.kind,
    mine,
    subjectName: one.subjectName,
    openerName: one.openedBy === one.subject ? '' : one.openerName,
    openedByReader: one.openedBy === person,
    openedAt: one.openedAt,
    // In it stands what was changed, and from where.
    note: mine || one.kind !== 'not-me' ? one.note : '',
    steps: stepsOf(one.state),
    waitingFor,
    vouched: one.vouched,
    needed: one.privileged ? recovery.attestations.privileged : recovery.attestations.members,
    askOthersAfter: spanText(recovery.escalateAfter[0] ?? 0),
    until: mine && one.state === 'sign-in' ? one.passUntil : '',
    told: one.told || mine,
    signedOutAt: mine && typeof signedOut === 'number' ? new Date(signedOut).toISOString() : '',
    signingOut: mine && signedOut === 'now',
    canSignOut: act && mine && signedOut === undefined && !sessionsOver && inWrongHands(one),
    canWithdraw: act && early && mayTakeBack(one, person),
    outcome: mine ? one.outcome : '',
    problem,
    portalUrl: mySignIns,
  };
  return { template: 'recovery/case', view };
}

/** As the rules have it: whoever holds the account calls off neither a denial nor what a colleague opened about it. */
function mayTakeBack({ kind, subject, openedBy }: CaseSnapshot, person: string): boolean {
  if (kind === 'not-me') return false;
  return person === openedBy || (person === subject && !inWrongHands({ kind }));
}

const order: readonly Case['state'][] = ['attest', 'issue', 'sign-in', 'clean-up', 'closed'];

function stepsOf(state: Case['state']): CaseView['steps'] {
  const at = order.indexOf(state);
  const step = (index: number): StepState => (index < at ? 'done' : index === at ? 'now' : 'later');
  return { vouch: step(0), pass: step(1), signIn: step(2), cleanUp: step(3) };
}

/** Whoever has an open card to vouch on was asked. */
async function namesOfAsked(services: HouseServices, one: Case): Promise<string> {
  const rows = await services.store.db
    .selectFrom('cards')
    .select('person')
    .where('item', '=', itemOf(one.id))
    .where('kind', '=', 'recovery.attest')
    .where('state', '=', 'open')
    .orderBy('created_at')
    .orderBy('person')
    .execute();
  const ids = [...new Set(rows.map(({ person }) => person))].slice(0, namedAtMost);
  if (ids.length === 0) return '';
  try {
    const users = await usersByIds(services.graph.reader(services.ids.guid()), ids);
    const found = ids.map((id) => users.get(id)).filter((user) => user !== undefined && user !== 'gone');
    return found.map(({ name }) => name).join(', ');
  } catch (error) {
    services.log.warn({ error }, 'those who are asked to vouch could not be named');
    return '';
  }
}
