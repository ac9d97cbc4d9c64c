import { z } from 'zod/v4';
import type { Asked } from '../../graph/pim/activating.js';
import { type Outcome, verb } from '../flow.js';
import { portalApprovals } from '../links.js';
import type { HouseServices } from '../turn.js';
import type { ApprovalsView } from './cards/decide-views.js';
import { lastsText } from './lasts.js';
import { readWaiting } from './my-roles.js';
import { decideScopes } from './scopes.js';
import { targetView } from './target.js';

const shownAtMost = 8;

/** All that waits for this person, as Entra shows it to them now: also what the bot could not know of. */
export const approvals = verb({
  name: 'pim.approvals',
  scopes: decideScopes,
  input: z.object({}),
  async run(turn): Promise<Outcome> {
    const { requests, missing } = await readWaiting(turn);
    const others = requests.filter(({ principalId }) => principalId !== turn.actor.objectId);
    const view: ApprovalsView = {
      requests: others.slice(0, shownAtMost).map((request) => rowOf(turn.services, request)),
      more: Math.max(0, others.length - shownAtMost),
      missing,
      portalUrl: portalApprovals,
    };
    return { kind: 'card', card: { template: 'pim/approvals', view } };
  },
});

function rowOf(services: HouseServices, asked: Asked): ApprovalsView['requests'][number] {
  const { name, scopeName, target } = asked;
  return {
    kind: target.kind,
    id: asked.id,
    requester: asked.principalName,
    target: targetView(services, { ...target, name, scopeName, does: '' }),
    askedAt: asked.createdAt,
    lasts: lastsText(asked.minutes),
  };
}
