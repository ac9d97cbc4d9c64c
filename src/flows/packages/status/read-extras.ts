import { day, hour } from '../../../base/clock.js';
import type { Held, PolicyInfo, RequestInfo } from '../../../graph/entitlement.js';
import type { Approver } from '../../approvers.js';
import type { HouseServices } from '../../turn.js';
import type { HeldNow, StatusExtras } from '../cards/status-card.js';
import type { SaidView } from '../cards/status-views.js';
import { endOf } from '../held/notices.js';
import { endsSoon } from '../offers.js';
import type { StageSeen } from '../seen.js';
import { readOpens } from './opens.js';
import { orElse } from './or-else.js';
import { packageOwners } from './owners.js';
import { stageClock } from './stage-clock.js';

/** What is known of the stages of a request, and who decides the open one. */
export interface Seen {
  readonly stages: readonly StageSeen[];
  /** When the open stage began; 0: not known. */
  readonly stageSince: number;
  readonly approvers: readonly Approver[];
  readonly policy?: PolicyInfo | undefined;
}

/** So long after it failed Entra can be told to try again. */
export const retryWithin = 14 * day;

const namesAtMost = 5;

/** All that the requester's card shows besides the request itself. `held`: what came of it, or undefined where it is gone. */
export async function readExtras(
  services: HouseServices,
  request: RequestInfo,
  seen: Seen,
  held: Held | undefined,
): Promise<StatusExtras> {
  const now = services.clock.now().getTime();
  const granted = ['delivered', 'partiallyDelivered'].includes(request.state);
  const opens = granted ? await readOpens(services, [request.packageId]) : new Map<string, never>();
  return {
    act: services.policy.flows.packages === 'act',
    waitingFor: namesOf(seen.approvers.map(({ user }) => user)),
    said: seen.stages.map(saidView),
    clock: stageClock(request, seen, now),
    opens: opens.get(request.packageId) ?? [],
    ...heldNow(services, request, held),
    ...(await whoRetries(services, request)),
  };
}

function namesOf(people: readonly { readonly name: string }[]): string {
  const names = people.slice(0, namesAtMost).map(({ name }) => name);
  return people.length > namesAtMost ? `${names.join(', ')} and others` : names.join(', ');
}

function saidView({ result, byName, at, comment }: StageSeen, index: number): SaidView {
  return { stage: index + 1, approved: result === 'approved', byName, at, comment };
}

function heldNow(
  { policy, clock }: HouseServices,
  request: RequestInfo,
  held: Held | undefined,
): { readonly held?: HeldNow; readonly canExtend?: boolean } {
  if (request.state !== 'delivered' || request.assignmentId === undefined) return {};
  const now = clock.now().getTime();
  // Entra shows an assignment a little later than the request that made it.
  const fresh = now - (Date.parse(request.completedAt ?? '') || now) < hour;
  if (held === undefined && fresh) return {};
  const { startsAt = '', endsAt = request.endsAt } = held ?? {};
  const over = held === undefined || held.state === 'expired' || endOf(held) <= now;
  const soon = held !== undefined && endsSoon(policy, held, now);
  const state = over ? 'ended' : soon ? 'ending' : 'delivered';
  return { held: { assignmentId: request.assignmentId, state, startsAt, endsAt }, canExtend: soon };
}

async function whoRetries(
  services: HouseServices,
  request: RequestInfo,
): Promise<{ readonly owners?: string; readonly until?: string }> {
  if (!isFailed(request)) return {};
  const owners = await orElse(services, () => packageOwners(services, request.packageId), []);
  return { owners: namesOf(owners), until: retryUntil(request) };
}

/** Not delivered, or not all of it. */
export function isFailed({ state }: Pick<RequestInfo, 'state'>): boolean {
  return state === 'deliveryFailed' || state === 'partiallyDelivered';
}

/** Later nothing more becomes of what failed; where Entra does not date it, counted from when the bot saw it. */
export function failedUntil(request: RequestInfo, endedAt: number): number {
  const until = Date.parse(retryUntil(request));
  return Number.isNaN(until) ? endedAt + retryWithin : until;
}

/** Empty where Entra does not say when it failed. */
export function retryUntil({ completedAt }: Pick<RequestInfo, 'completedAt'>): string {
  const failed = Date.parse(completedAt ?? '');
  return Number.isNaN(failed) ? '' : new Date(failed + retryWithin).toISOString();
}
