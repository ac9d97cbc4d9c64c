import { z } from 'zod/v4';
import { listRequestable, packagesByIds } from '../../graph/entitlement.js';
import { type Outcome, verb } from '../flow.js';
import type { Turn } from '../turn.js';
import { openAgain } from './ask/again.js';
import { chooseCard } from './ask/choose-card.js';
import { readMine } from './ask/facts.js';
import { likeness, words } from './ask/match.js';
import { openForm } from './ask/open-form.js';
import { targetOf } from './ask/ways.js';
import { packagesError } from './errors.js';
import { endsSoon, type Offer, offers } from './offers.js';

const tierOrder = ['standard', 'sensitive', 'privileged'];

const person = z.guid().optional();
const skip = z.int().min(0).max(10_000).optional();

/** Finds what the person means and shows its form; where nothing fits, everything they may ask for. */
export const open = verb({
  name: 'packages.open',
  scopes: ['EntitlementMgmt-SubjectAccess.ReadWrite'],
  input: z.union([
    z.object({ again: z.string().max(64) }),
    z.object({ package: z.guid(), policy: z.guid().optional(), person }),
    z.object({ query: z.string().max(500), skip, person }),
    z.object({ person: z.guid(), query: z.string().max(500).default(''), skip }),
  ]),
  async run(turn, input): Promise<Outcome> {
    if ('again' in input) return openAgain(turn, input.again);
    if ('package' in input) {
      return openForm(turn, { packageId: input.package, policyId: input.policy, person: input.person });
    }
    return search(turn, input);
  },
});

interface Search {
  readonly query: string;
  readonly skip?: number | undefined;
  readonly person?: string | undefined;
}

async function search(turn: Turn, { query, skip, person }: Search): Promise<Outcome> {
  const [offered, mine, target] = await Promise.all([
    listRequestable(turn.graph),
    readMine(turn),
    targetOf(turn, person),
  ]);
  if (!target.mine) throw packagesError('packages.not-for-them');
  const reader = turn.services.graph.reader(turn.reference);
  const detailed = await packagesByIds(
    reader,
    offered.map(({ id }) => id),
  );
  const all = offers(turn.services.policy, detailed, mine);
  const found = ranked(words(query), all);
  const [best, ...others] = found;
  // One thing is meant most of all: its form is one step nearer than a list, unless there is nothing to send.
  if (best !== undefined && skip === undefined && person === undefined && canOpen(turn, best)) {
    return openForm(turn, { packageId: best.id, others: others.slice(0, 3).map(shortly) });
  }
  return chooseCard(turn, best === undefined ? byName(all) : found, { query, skip: skip ?? 0, target });
}

function shortly({ id, name, tier }: Offer) {
  return { id, name, tier: tier.name };
}

function canOpen({ services }: Turn, { held, openRequest }: Offer): boolean {
  return (
    held === undefined ||
    openRequest !== undefined ||
    endsSoon(services.policy, held, services.clock.now().getTime())
  );
}

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

/** In an order that stays the same from page to page. */
function byName(all: readonly Offer[]): readonly Offer[] {
  return [...all].sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id));
}
