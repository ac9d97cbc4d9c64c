import { z } from 'zod/v4';
import { isAppError } from '../../base/errors.js';
import { flowError } from '../errors.js';
import { type Command, type Outcome, verb } from '../flow.js';
import { adminReviews, myAccess } from '../links.js';
import { refused } from '../refused.js';
import type { Turn } from '../turn.js';
import type { PlanView } from './cards/owner-views.js';
import { saysOf } from './errors.js';
import { asAdmin, knownGroup, type PlannedGroup, readPlan } from './plan/facts.js';

const shownAtMost = 8;

/** Which of the groups the policy names are reviewed too seldom, or never. Read with the asking person's own token. */
export const plan = verb({
  name: 'reviews.plan',
  scopes: ['AccessReview.ReadWrite.All'],
  input: z.strictObject({}),
  async run(turn): Promise<Outcome> {
    const { services, graph, reference } = turn;
    if (services.policy.flows.reviews === 'off') throw flowError('flows.off');
    const reading = await asAdmin(readPlan(graph, services.policy, services.clock.now())).catch(codeOf);
    if ('code' in reading) return closed(turn, reading.code);
    const { groups: planned } = reading;
    const lacking = planned.filter(({ enough }) => !enough);
    const reader = services.graph.reader(reference);
    const rows = await Promise.all(
      lacking
        .slice(0, shownAtMost)
        .map(async (each) => ({ each, group: await knownGroup(reader, each.group) })),
    );
    const view: PlanView = {
      groups: rows.map(({ each, group }) => ({
        ...rowOf(each),
        // A line of the policy file whose group is gone is shown too: somebody should take it out.
        name: group?.name ?? each.group,
        noOwner: group?.owners.length === 0,
      })),
      more: lacking.length - rows.length,
      fine: planned.length - lacking.length,
      portalUrl: adminReviews,
    };
    return { kind: 'card', card: { template: 'reviews/plan', view } };
  },
});

function codeOf(error: unknown): { readonly code: string } {
  if (isAppError(error) && error.code === 'reviews.plan-closed') return { code: error.code };
  throw error;
}

/** Said on a card: whoever wrote to the bot looks at a message, and not at what became of a button. */
function closed(turn: Turn, code: string): Promise<Outcome> {
  const says = saysOf(code);
  const portalUrl = myAccess(turn.services.tenantId, 'access-reviews');
  const view = { title: 'For administrators', text: says.says, next: says.next, reference: '', portalUrl };
  const card = { template: 'shared/notice', view };
  return refused(turn, '', { code, basis: ['entra.role'], says }, async () => ({ kind: 'card', card }));
}

function rowOf({ group: id, tier, deserves, has }: PlannedGroup) {
  return { id, tier, deserves, has };
}

const asks =
  /\breviews?[ -]plan\b|\bplan (the |some |our )?reviews?\b|\bwhat (should|must|needs to|has to) be reviewed\b/i;

export function hearsPlan(text: string): Command | undefined {
  return asks.test(text) ? { verb: plan.name, data: {} } : undefined;
}
