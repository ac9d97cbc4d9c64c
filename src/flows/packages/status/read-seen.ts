import { type PolicyInfo, policyOf, type RequestInfo, requestById } from '../../../graph/entitlement.js';
import type { HouseServices } from '../../turn.js';
import { stageApprovers } from '../decide/approvers.js';
import { openStage } from '../follow/open-stage.js';
import { type Seen as Stages, seenOf } from '../seen.js';
import { orElse } from './or-else.js';
import type { Seen } from './read-extras.js';

/** The stages of a request for its requester, who may not read them: as far as an approver or the log has told. */
export async function readSeen(services: HouseServices, request: RequestInfo): Promise<Seen> {
  const seen = await seenOf(services, request.id);
  const { stages, stageSince } = seen;
  if (request.state !== 'pendingApproval') return { stages, stageSince, approvers: [] };
  const reader = services.graph.reader(services.ids.guid());
  // People do not see their own request's policy; the bot does.
  const whole = async () => (request.policyId === undefined ? requestById(reader, request.id) : request);
  const policy = await orElse(services, async () => policyOf(reader, await whole()), undefined);
  const approvers = await orElse(services, () => whoDecides(services, request, seen, policy), []);
  return { stages, stageSince, policy, approvers };
}

async function whoDecides(
  services: HouseServices,
  request: RequestInfo,
  seen: Stages,
  policy: PolicyInfo | undefined,
): Promise<Seen['approvers']> {
  const open = policy && openStage(policy, seen, request, services.clock.now().getTime());
  if (open === undefined) return [];
  return stageApprovers(services.graph.reader(services.ids.guid()), open, request);
}
