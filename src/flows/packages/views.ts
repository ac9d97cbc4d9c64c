import { shortReference } from '../../base/ids.js';
import type { Card } from '../../cards/card.js';
import type { RequestInfo } from '../../graph/entitlement.js';
import { myAccess } from '../links.js';
import { type About, nobody, type Verdict } from './verdict.js';

/** What the packages cards need, one type a template in cards/packages/. Sentences live in the templates. */

/** cards/packages/choose: what may I ask for. Button: packages.open {package}. */
export interface ChooseView {
  readonly query: string;
  readonly packages: readonly {
    readonly id: string;
    readonly name: string;
    readonly description: string;
    readonly tier: string;
    readonly openRequest: boolean;
  }[];
  readonly more: number;
  readonly portalUrl: string;
}

/** cards/packages/ask: the form. Button: packages.ask {ref}, input `reason`. */
export interface AskView {
  readonly ref: string;
  readonly name: string;
  readonly description: string;
  readonly tier: string;
  /** `manager`, `people` (names in approvers) or `nobody`. */
  readonly approval: 'manager' | 'people' | 'nobody';
  readonly approvers: string;
  readonly lasts: string;
  readonly reasonRequired: boolean;
  readonly reasonAtLeast: number;
  readonly reason: string;
  /** What was wrong with the last try, or empty. */
  readonly problem: string;
  /** Further packages that fit what was written; button: packages.open {package}. */
  readonly others: readonly { readonly id: string; readonly name: string; readonly tier: string }[];
  readonly portalUrl: string;
}

export type RequestState =
  | 'working'
  | 'not-done'
  | 'submitted'
  | 'waiting'
  | 'approved'
  | 'delivering'
  | 'delivered'
  | 'denied'
  | 'expired'
  | 'cancelled'
  | 'failed';

/** cards/packages/status: the requester's living card. Button where it ended badly: packages.open {package}. */
export interface StatusView {
  readonly state: RequestState;
  readonly packageId: string;
  readonly name: string;
  readonly reason: string;
  readonly askedAt: string;
  /** Names of those who can decide, or empty. */
  readonly waitingFor: string;
  readonly decidedBy: string;
  readonly decidedAt: string;
  readonly comment: string;
  readonly portalUrl: string;
  readonly reference: string;
}

/** cards/packages/decide: the approver's open card. Buttons: packages.approve, packages.deny {ref}, input `comment`. */
export interface DecideView {
  readonly ref: string;
  readonly requester: {
    readonly name: string;
    readonly jobTitle: string;
    readonly department: string;
    readonly guest: boolean;
  };
  readonly name: string;
  readonly description: string;
  readonly tier: string;
  readonly reason: string;
  readonly askedAt: string;
  readonly lasts: string;
  /** Why this person is asked: `manager`, `named` or `group` (its name in whyGroup). */
  readonly why: 'manager' | 'named' | 'group';
  readonly whyGroup: string;
  readonly others: string;
  readonly comment: 'optional' | 'on-deny' | 'always';
  /** False where the policy only notifies: the card shows the way to the portal and no buttons to decide. */
  readonly canDecide: boolean;
  readonly problem: string;
  readonly portalUrl: string;
}

/** cards/packages/decided: what became of it, for an approver. No buttons but the way out. */
export interface DecidedView {
  readonly state: 'working' | 'not-done' | 'approved' | 'denied' | 'expired' | 'cancelled' | 'closed';
  readonly name: string;
  readonly requester: string;
  readonly reason: string;
  readonly decidedBy: string;
  readonly byYou: boolean;
  readonly decidedAt: string;
  readonly comment: string;
  readonly portalUrl: string;
  readonly reference: string;
}

const stateOf: Readonly<Record<string, RequestState>> = {
  working: 'working',
  submitted: 'submitted',
  pendingApproval: 'waiting',
  scheduled: 'delivering',
  delivering: 'delivering',
  partiallyDelivered: 'delivering',
  delivered: 'delivered',
  deliveryFailed: 'failed',
  denied: 'denied',
  canceled: 'cancelled',
};

type Asked = Pick<RequestInfo, 'state' | 'packageId' | 'packageName' | 'justification' | 'createdAt'>;

export interface StatusExtras {
  readonly waitingFor?: string;
  readonly verdict?: Verdict;
  readonly reference?: string;
}

export function statusCard(tenantId: string, request: Asked, extras: StatusExtras = {}): Card {
  const { waitingFor = '', verdict = nobody, reference = '' } = extras;
  const state = stateOf[request.state] ?? 'submitted';
  const view: StatusView = {
    state: 'state' in verdict && verdict.state === 'expired' ? 'expired' : state,
    packageId: request.packageId,
    name: request.packageName,
    reason: request.justification,
    askedAt: request.createdAt,
    waitingFor: state === 'waiting' ? waitingFor : '',
    decidedBy: verdict.byName,
    decidedAt: verdict.at,
    comment: verdict.comment,
    portalUrl: myAccess(tenantId, 'request-history'),
    reference: shortReference(reference),
  };
  return { template: 'packages/status', view };
}

export function decidedCard(
  tenantId: string,
  about: About,
  verdict: Verdict,
  viewer: { readonly id: string; readonly reference: string },
): Card {
  const view: DecidedView = {
    state: verdict.state,
    name: about.packageName,
    requester: about.requesterName,
    reason: about.reason,
    decidedBy: verdict.byName,
    byYou: verdict.byId !== '' && verdict.byId === viewer.id,
    decidedAt: verdict.at,
    comment: verdict.comment,
    portalUrl: myAccess(tenantId, 'approvals'),
    reference: shortReference(viewer.reference),
  };
  return { template: 'packages/decided', view };
}
