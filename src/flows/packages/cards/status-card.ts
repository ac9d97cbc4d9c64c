import { shortReference } from '../../../base/ids.js';
import type { Card } from '../../../cards/card.js';
import type { RequestInfo } from '../../../graph/entitlement.js';
import { myAccess } from '../../links.js';
import type { Verdict } from '../decide/verdict.js';
import { noClock, type StageClock } from '../status/stage-clock.js';
import type { LinkView, OpensView, RequestState, SaidView, StatusView } from './status-views.js';

const stateOf: Readonly<Record<string, RequestState>> = {
  working: 'working',
  submitted: 'submitted',
  pendingApproval: 'waiting',
  scheduled: 'scheduled',
  delivering: 'delivering',
  partiallyDelivered: 'partly',
  delivered: 'delivered',
  deliveryFailed: 'failed',
  denied: 'denied',
  canceled: 'cancelled',
  gone: 'gone',
};

/** What is known of a request: all of it, or what was just sent. */
export type Asked = Pick<RequestInfo, 'state' | 'packageId' | 'packageName' | 'justification' | 'createdAt'> &
  Partial<RequestInfo>;

/** What came of it in the hands of the person. */
export interface HeldNow {
  readonly assignmentId: string;
  readonly state: 'delivered' | 'ending' | 'ended';
  readonly startsAt: string;
  readonly endsAt: string;
}

export interface StatusExtras {
  readonly ref?: string;
  /** Address of the reader, for the refresh; absent: this is their own view. */
  readonly mri?: string;
  readonly reference?: string;
  readonly problem?: string;
  readonly waitingFor?: string;
  readonly said?: readonly SaidView[];
  /** How it ended, where the stages do not tell. */
  readonly verdict?: Pick<Verdict, 'state' | 'byName' | 'at' | 'comment'>;
  readonly clock?: StageClock;
  readonly held?: HeldNow;
  readonly opens?: readonly OpensView[];
  readonly owners?: string;
  readonly until?: string;
  /** May buttons that change something be shown at all? */
  readonly act?: boolean;
  readonly canExtend?: boolean;
}

const opensAtMost = 6;
const answersAtMost = 10;

export function statusCard(tenantId: string, request: Asked, extras: StatusExtras = {}): Card {
  return { template: 'packages/status', view: statusView({ tenantId }, request, extras) };
}

export function statusView(
  { tenantId }: { readonly tenantId: string },
  request: Asked,
  extras: StatusExtras = {},
): StatusView {
  const { ref = '', mri = '', reference = '', problem = '', held, opens = [], act = false } = extras;
  const state = shownState(request, extras);
  const waits = state === 'waiting';
  const on = state === 'delivered' || state === 'ending';
  const clock = waits ? (extras.clock ?? noClock) : noClock;
  const said = saidIn(extras);
  const shown = on || state === 'partly' ? opens : [];
  const press = act && ref !== '';
  return {
    ref,
    mri,
    state,
    packageId: request.packageId,
    name: request.packageName,
    forWhom: forWhom(request),
    reason: request.justification,
    answers: answersOf(request),
    askedAt: request.createdAt,
    ...clock,
    waitingFor: waits ? (extras.waitingFor ?? '') : '',
    said,
    decidedAt: said.length === 0 ? (extras.verdict?.at ?? request.completedAt ?? '') : '',
    startsAt: held?.startsAt ?? request.startsAt ?? '',
    endsAt: held?.endsAt ?? request.endsAt ?? '',
    opens: shown.slice(0, opensAtMost),
    moreOpens: Math.max(0, shown.length - opensAtMost),
    links: on ? linksOf(shown) : [],
    assignment: held?.assignmentId ?? '',
    owners: extras.owners ?? '',
    until: extras.until ?? '',
    canCancel: press && ['submitted', 'waiting', 'scheduled'].includes(state),
    canLook: ref !== '' && ['working', 'submitted', 'waiting', 'scheduled', 'delivering'].includes(state),
    canExtend: press && state === 'ending' && extras.canExtend === true,
    canGiveBack: press && on && held !== undefined && forWhom(request) === '',
    problem,
    portalUrl: myAccess(tenantId, 'request-history'),
    reference: shortReference(reference),
  };
}

function shownState(request: Asked, { held, verdict }: StatusExtras): RequestState {
  const state = stateOf[request.state] ?? 'submitted';
  if (state === 'denied') {
    const ranOut = verdict?.state === 'expired' || /expired/i.test(request.status ?? '');
    return ranOut ? 'expired' : 'denied';
  }
  return state === 'delivered' && held !== undefined ? held.state : state;
}

function saidIn({ said = [], verdict }: StatusExtras): readonly SaidView[] {
  if (said.length > 0 || verdict === undefined) return said;
  const { byName, at, comment } = verdict;
  if (byName === '' && comment === '') return [];
  return [{ stage: 0, approved: verdict.state !== 'denied', byName, at, comment }];
}

function forWhom({ requestorId = '', targetId = '', targetName = '' }: Asked): string {
  return targetId === '' || requestorId === '' || targetId === requestorId
    ? ''
    : targetName || 'somebody else';
}

function answersOf({ answers = [] }: Asked): StatusView['answers'] {
  return answers
    .slice(0, answersAtMost)
    .map(({ question, value, display }) => ({ question, value: display || value }))
    .filter(({ value }) => value !== '');
}

const linksAtMost = 2;

/** Few enough that the other buttons stay in sight. */
export function linksOf(opens: readonly OpensView[]): readonly LinkView[] {
  return opens
    .filter(({ name, url }) => url !== '' && name !== '')
    .slice(0, linksAtMost)
    .map(({ name, url }) => ({ name, url }));
}
