import type { Card } from '../../../cards/card.js';
import { usersByIds } from '../../../graph/users-by-ids.js';
import { claimOfStep } from '../../claims.js';
import { mySignIns } from '../../links.js';
import type { HouseServices } from '../../turn.js';
import { type Case, itemOf } from '../cases.js';
import { inWrongHands } from '../clean-up/in-wrong-hands.js';
import { sessionsFor } from '../clean-up/section.js';
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
  /** The reader is among them. */
  readonly asked?: boolean;
  /** ISO: when they were signed out everywhere, whoever saw to that. */
  readonly signedOutAt?: string;
  readonly signingOut?: boolean;
  /** They have not done so themselves, and it may be urgent. */
  readonly maySignOut?: boolean;
}

const namedAtMost = 3;

/** What whoever it is about, and whoever opened it, read of a case. */
export async function caseCard(services: HouseServices, one: Case, reader: CaseReader): Promise<Card> {
  const [asked, own, { signedOutAt, signingOut }] = await Promise.all([
    idsOfAsked(services, one),
    claimOfStep(services, signOutKey(one.id)),
    sessionsFor(services, one),
  ]);
  return caseCardFrom(services, snapshotOf(one), reader, {
    waitingFor: await namesOf(services, asked.slice(0, namedAtMost)),
    asked: asked.includes(reader.person),
    signedOutAt,
    signingOut,
    maySignOut: inWrongHands(one) && own === undefined && signedOutAt === '',
  });
}

/** The one step of signing out everywhere that whoever it is about takes on their card. */
export function signOutKey(caseId: string) {
  return { item: itemOf(caseId), stage: 'own', action: 'sign-out' };
}

export function caseCardFrom(
  { policy: { flows, recovery } }: HouseServices,
  one: CaseSnapshot,
  { person, ref, mri, problem = '' }: CaseReader,
  {
    waitingFor = '',
    asked = false,
    signedOutAt = '',
    signingOut = false,
    maySignOut = false,
  }: CaseExtras = {},
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
    asked,
    waitingFor,
    vouched: one.vouched,
    needed: one.privileged ? recovery.attestations.privileged : recovery.attestations.members,
    askOthersAfter: spanText(recovery.escalateAfter[0] ?? 0),
    until: mine && one.state === 'sign-in' ? one.passUntil : '',
    told: one.told || mine,
    signedOutAt: mine ? signedOutAt : '',
    signingOut: mine && signingOut,
    canSignOut: act && mine && maySignOut,
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

/** Whoever has an open card to vouch on was asked; in an incident nobody is, whoever was before. */
async function idsOfAsked(services: HouseServices, one: Case): Promise<readonly string[]> {
  if (one.state !== 'attest' || one.kind === 'not-me') return [];
  const rows = await services.store.db
    .selectFrom('cards')
    .select('person')
    .where('item', '=', itemOf(one.id))
    .where('kind', '=', 'recovery.attest')
    .where('state', '=', 'open')
    .orderBy('created_at')
    .orderBy('person')
    .execute();
  return [...new Set(rows.map(({ person }) => person))];
}

async function namesOf(services: HouseServices, ids: readonly string[]): Promise<string> {
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
