import { z } from 'zod/v4';
import { listRequestable, myRequests, packagesByIds, requirementsFor } from '../../graph/entitlement.js';
import { type Outcome, verb } from '../flow.js';
import { myAccess } from '../links.js';
import type { Turn } from '../turn.js';
import { formCard, newForm } from './ask/form-card.js';
import { likeness, words } from './ask/match.js';
import { packagesError } from './errors.js';
import { type Offer, offers } from './offers.js';
import { openStatus } from './status/open-status.js';

const shownAtMost = 8;
const tierOrder = ['standard', 'sensitive', 'privileged'];

/** Finds what the person means and shows its form; where nothing fits, everything they may ask for. */
export const open = verb({
  name: 'packages.open',
  scopes: ['EntitlementMgmt-SubjectAccess.ReadWrite'],
  input: z.union([z.object({ package: z.guid() }), z.object({ query: z.string().max(500) })]),
  async run(turn, input): Promise<Outcome> {
    const [offered, mine] = await Promise.all([listRequestable(turn.graph), myRequests(turn.graph)]);
    const reader = turn.services.graph.reader(turn.reference);
    const detailed = await packagesByIds(
      reader,
      offered.map(({ id }) => id),
    );
    const all = offers(turn.services.policy, detailed, mine);
    if ('query' in input) {
      const [best, ...others] = ranked(words(input.query), all);
      return best === undefined ? choose(turn, input.query, all) : show(turn, best, others);
    }
    const chosen = all.find((offer) => offer.id === input.package.toLowerCase());
    if (chosen === undefined) throw packagesError('packages.may-not-ask');
    return show(turn, chosen, []);
  },
});

/** Best fit first; among equals the least privileged, because asking for less is the better default. */
function ranked(query: readonly string[], all: readonly Offer[]): readonly Offer[] {
  return all
    .map((offer) => ({ offer, points: likeness(query, offer) }))
    .filter(({ points }) => points >= 0.5)
    .sort(
      (a, b) =>
        b.points - a.points || tierOrder.indexOf(a.offer.tier.name) - tierOrder.indexOf(b.offer.tier.name),
    )
    .map(({ offer }) => offer);
}

async function show(turn: Turn, offer: Offer, others: readonly Offer[]): Promise<Outcome> {
  const { services } = turn;
  if (offer.openRequest !== undefined) {
    return openStatus(turn, offer.openRequest);
  }
  const [requirement] = await requirementsFor(turn.graph, offer.id);
  if (requirement === undefined) throw packagesError('packages.may-not-ask');
  if (requirement.questions.some(({ required }) => required)) throw packagesError('packages.questions');
  const ref = await newForm(turn, offer.id);
  const card = await formCard(services, {
    packageId: offer.id,
    policyId: requirement.policyId,
    ref,
    reason: '',
    problem: '',
    others: others.slice(0, 3).map(({ id, name, tier }) => ({ id, name, tier: tier.name })),
  });
  return { kind: 'card', card, ref };
}

function choose(turn: Turn, query: string, all: readonly Offer[]): Outcome {
  const view = {
    query,
    packages: all.slice(0, shownAtMost).map((offer) => ({
      id: offer.id,
      name: offer.name,
      description: offer.description,
      tier: offer.tier.name,
      openRequest: offer.openRequest !== undefined,
    })),
    more: Math.max(0, all.length - shownAtMost),
    portalUrl: myAccess(turn.services.tenantId, 'access-packages'),
  };
  return { kind: 'card', card: { template: 'packages/choose', view } };
}
