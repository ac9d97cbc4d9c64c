import { day } from '../../../base/clock.js';
import { type UserInfo, userById } from '../../../graph/directory.js';
import {
  conflictsOf,
  deliveredAssignments,
  type Opens,
  type PackageInfo,
  type PolicyInfo,
  packageById,
  packageOpens,
  type RequestInfo,
} from '../../../graph/entitlement.js';
import type { GraphReader } from '../../../graph/graph.js';
import { type Belonging, belongings } from '../../../graph/membership.js';
import type { Tier } from '../../../policy/policy.js';
import type { HouseServices } from '../../turn.js';
import type { OpenStage } from '../follow/open-stage.js';
import { packageTier } from '../offers.js';
import type { StageSeen } from '../seen.js';
import { orElse } from '../status/or-else.js';
import { type StageApprover, stageApprovers } from './approvers.js';

/** A request that waits, with all that its approvers need to see. */
export interface Pending {
  readonly request: RequestInfo;
  /** Whose access it would be. */
  readonly requester: UserInfo;
  /** Names; of a guest only. */
  readonly sponsors: readonly string[];
  readonly offer: PackageInfo;
  readonly policy: PolicyInfo;
  readonly tier: Tier;
  readonly stage: OpenStage;
  readonly earlier: readonly StageSeen[];
  /** Whom the bot asks: no guest where the tier does not let them decide. */
  readonly approvers: readonly StageApprover[];
  /** All whom the policy names, as far as the bot can read that. */
  readonly named: readonly StageApprover[];
  readonly opens: readonly Opens[];
  /** Names; undefined: it could not be read. */
  readonly conflicts: readonly string[] | undefined;
  readonly lately: number;
}

/** Whom the policy names, and whom of those the bot asks. */
export type WhoDecides = Pick<Pending, 'offer' | 'tier' | 'approvers' | 'named'>;

/** Much less to read than all that they need to see. */
export async function whoDecides(
  services: HouseServices,
  request: RequestInfo,
  stage: OpenStage,
): Promise<WhoDecides> {
  const reader = services.graph.reader(services.ids.guid());
  const [offer, named] = await Promise.all([
    packageById(reader, request.packageId),
    stageApprovers(reader, stage, request),
  ]);
  const { tier } = packageTier(services.policy, offer);
  const approvers = named.filter(({ user }) => !user.guest || tier.guests.mayApprove);
  return { offer, tier, named, approvers };
}

type Asked = Pick<Pending, 'policy' | 'stage' | 'earlier'> & { readonly who?: WhoDecides };

/** Read with the bot's own token: the card is made before anybody has clicked whose token could be used. */
export async function readPending(
  services: HouseServices,
  request: RequestInfo,
  { policy, stage, earlier, who }: Asked,
): Promise<Pending> {
  const reader = services.graph.reader(services.ids.guid());
  const { targetId, packageId } = request;
  const [requester, known, standing, opens, lately] = await Promise.all([
    userById(reader, targetId),
    who ?? whoDecides(services, request, stage),
    belongings(reader, [targetId]),
    orElse(services, () => packageOpens(reader, [packageId]), undefined),
    latelyOf(services, request),
  ]);
  const belonging = standing.get(targetId);
  return {
    request,
    requester,
    sponsors: requester.guest ? (belonging?.sponsors ?? []) : [],
    ...known,
    policy,
    stage,
    earlier,
    opens: opens?.get(packageId) ?? [],
    conflicts: await orElse(services, () => conflictsHeld(reader, request, belonging), undefined),
    lately,
  };
}

/** What nobody may have together with the package, and this person has. Undefined: nobody can tell. */
async function conflictsHeld(
  reader: GraphReader,
  { targetId, packageId }: RequestInfo,
  belonging: Belonging | undefined,
): Promise<readonly string[] | undefined> {
  const { packages, groups } = await conflictsOf(reader, packageId);
  if (packages.length === 0 && groups.length === 0) return [];
  const held = packages.length === 0 ? [] : (await deliveredAssignments(reader, [targetId])).get(targetId);
  const member = groups.length === 0 ? [] : belonging?.groups;
  if (held === undefined || member === undefined) return undefined;
  const has = new Set([...held.map((each) => each.packageId), ...member.map(({ id }) => id)]);
  return [...packages, ...groups].filter(({ id }) => has.has(id)).map(({ name }) => name);
}

/** Other requests of this person in the last thirty days, as far as the bot has seen them. */
async function latelyOf({ store, clock }: HouseServices, request: RequestInfo): Promise<number> {
  const { count } = await store.db
    .selectFrom('package_requests')
    .select(({ fn }) => fn.countAll<number | string>().as('count'))
    .where('person', '=', request.targetId)
    .where('id', '<>', request.id)
    .where('created_at', '>', clock.now().getTime() - 30 * day)
    .executeTakeFirstOrThrow();
  return Number(count);
}
