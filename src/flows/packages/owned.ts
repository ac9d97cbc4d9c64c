import { z } from 'zod/v4';
import { second } from '../../base/clock.js';
import { isAppError } from '../../base/errors.js';
import { packageById } from '../../graph/entitlement.js';
import { flowError } from '../errors.js';
import { type Outcome, verb } from '../flow.js';
import { myAccess } from '../links.js';
import { refused } from '../refused.js';
import type { Turn } from '../turn.js';
import { saysOf } from './errors.js';
import { collectUse } from './owned/collect.js';
import { myPackages } from './owned/my-packages.js';
import { ownedCard, ownedListCard } from './owned/owned-card.js';

const skip = z.coerce.number().int().min(0).max(1_000_000).default(0);

/** Who has a package, needs it or not, and how long people wait for it. Who that is, its owner's own token must show. */
export const owned = verb({
  name: 'packages.owned',
  scopes: ['EntitlementManagement.ReadWrite.All'],
  input: z.strictObject({ package: z.guid().optional(), skip }),
  async run(turn, input): Promise<Outcome> {
    if (turn.services.policy.flows.packages === 'off') throw flowError('flows.off');
    if (input.package === undefined) return showAll(turn, input.skip);
    try {
      return await showOne(turn, input.package.toLowerCase(), input.skip);
    } catch (error) {
      if (isAppError(error) && error.code === 'packages.owned-closed') return closed(turn, error.code);
      throw error;
    }
  },
});

async function showAll(turn: Turn, from: number): Promise<Outcome> {
  const { services, graph, reference, actor } = turn;
  const { policy } = services;
  const bot = services.graph.reader(reference);
  const mine = await myPackages({ own: graph, bot, policy, personId: actor.objectId });
  return { kind: 'card', card: ownedListCard(policy, mine, from) };
}

async function showOne(turn: Turn, packageId: string, from: number): Promise<Outcome> {
  const { services, graph, reference, answerBy } = turn;
  const { policy, clock, log } = services;
  const people = services.graph.reader(reference);
  // What is left of the time is for the sign-ins of the last page, and for the card.
  const late = (): boolean => clock.now().getTime() > answerBy - 4 * second;
  const use = await collectUse({ lists: graph, people, policy, packageId, now: clock.now(), log, late });
  // After Entra has said that this person may see it.
  const about = await packageById(graph, packageId);
  return { kind: 'card', card: ownedCard(policy, about, use, from) };
}

/** Said on a card: whoever wrote to the bot looks at a message, and not at what became of a button. */
function closed(turn: Turn, code: string): Promise<Outcome> {
  const says = saysOf(code);
  const view = {
    title: 'For owners',
    text: says.says,
    next: says.next,
    reference: '',
    portalUrl: myAccess(turn.services.tenantId, 'access-packages'),
  };
  const card = { template: 'shared/notice', view };
  return refused(turn, '', { code, basis: ['entra.role'], says }, async () => ({ kind: 'card', card }));
}
