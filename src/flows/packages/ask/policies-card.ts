import { listRequestable, packageById } from '../../../graph/entitlement.js';
import type { Outcome } from '../../flow.js';
import type { Turn } from '../../turn.js';
import type { PoliciesView } from '../cards/ask-views.js';
import { decidersFor } from './deciders.js';
import { howLong } from './how-long.js';
import { packageLink } from './package-link.js';
import { isMe, type Target, type Way } from './ways.js';

/** More ways to ask for one thing than anybody compares. */
const shownAtMost = 8;

interface Choice {
  readonly packageId: string;
  readonly target: Target;
  readonly ways: readonly Way[];
}

/** One package can be had in several ways: what differs stands side by side. No way at all: the one through the portal. */
export async function policiesCard(turn: Turn, { packageId, target, ways }: Choice): Promise<Outcome> {
  const { services } = turn;
  const reader = services.graph.reader(turn.reference);
  const decidersOf = decidersFor(reader, target.name);
  const rows = ways.slice(0, shownAtMost).map(async (way): Promise<PoliciesView['ways'][number]> => {
    const asked = way.questions.length;
    return {
      name: way.name,
      description: way.description,
      decides: await decidersOf(way),
      howLong: howLong([way.lasts]),
      questions: asked === 0 ? '' : asked === 1 ? '1 question' : `${asked} questions`,
      ownDates: way.ownDates,
      data: {
        package: packageId,
        policy: way.policyId,
        ...(isMe(turn, target) ? {} : { person: target.id }),
      },
    };
  });
  const [{ name, description }, shown] = await Promise.all([
    ways.length > 0 ? packageById(reader, packageId) : asTheySeeIt(turn, packageId),
    Promise.all(rows),
  ]);
  const view: PoliciesView = {
    name,
    description,
    forName: target.name,
    ways: shown,
    portalUrl: packageLink(services.tenantId, packageId),
  };
  return { kind: 'card', card: { template: 'packages/policies', view } };
}

/** Nobody learns from us the name of a package that Entra does not show them. */
async function asTheySeeIt({ graph }: Turn, packageId: string) {
  const found = (await listRequestable(graph)).find(({ id }) => id === packageId);
  return { name: found?.name ?? 'An access package', description: found?.description ?? '' };
}
