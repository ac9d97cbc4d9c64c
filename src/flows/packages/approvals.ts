import { z } from 'zod/v4';
import { type MyApproval, myApprovals } from '../../graph/my-approvals.js';
import { type Outcome, verb } from '../flow.js';
import { myAccess } from '../links.js';
import type { ApprovalsView } from './cards/decide-views.js';
import { decideScopes } from './decide/input.js';
import { decidedAmong } from './decide/look.js';

const shownAtMost = 8;

/** All that waits for this person, as Entra shows it to them now: also what the bot could not know of. */
export const approvals = verb({
  name: 'packages.approvals',
  scopes: decideScopes,
  input: z.object({}),
  async run(turn): Promise<Outcome> {
    const me = turn.actor.objectId;
    const { waiting, unread } = await myApprovals(turn.graph);
    const others = waiting.filter(({ request }) => request.requestorId !== me && request.targetId !== me);
    const view: ApprovalsView = {
      requests: others.slice(0, shownAtMost).map(rowOf),
      more: Math.max(0, others.length - shownAtMost),
      unread,
      portalUrl: myAccess(turn.services.tenantId, 'approvals'),
    };
    return { kind: 'card', card: { template: 'packages/approvals', view } };
  },
});

function rowOf({ request, stages }: MyApproval): ApprovalsView['requests'][number] {
  const decided = decidedAmong(stages).length;
  return {
    id: request.id,
    requester: request.targetName,
    name: request.packageName,
    askedBy: request.requestorId === request.targetId ? '' : request.requestorName,
    askedAt: request.createdAt,
    stage: decided === 0 ? 0 : decided + 1,
  };
}
