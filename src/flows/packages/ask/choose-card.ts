import { isAppError } from '../../../base/errors.js';
import { packageOpens } from '../../../graph/entitlement.js';
import type { Outcome } from '../../flow.js';
import { myAccess } from '../../links.js';
import type { Turn } from '../../turn.js';
import type { ChooseView, OpenData } from '../cards/ask-views.js';
import { endsSoon, type Offer } from '../offers.js';
import { decidersFor } from './deciders.js';
import { howLong } from './how-long.js';
import { opensText } from './opens-text.js';
import { isMe, type Target, type Way, waysFor } from './ways.js';

const aPage = 8;

export interface Choice {
  readonly query: string;
  readonly skip: number;
  readonly target: Target;
}

/** What may be asked for, a page at a time, each with what it opens, who decides and how long it lasts. */
export async function chooseCard(turn: Turn, all: readonly Offer[], choice: Choice): Promise<Outcome> {
  const { services } = turn;
  const { query, target } = choice;
  const skip = choice.skip < all.length ? Math.floor(choice.skip / aPage) * aPage : 0;
  const shown = all.slice(skip, skip + aPage);
  const reader = services.graph.reader(turn.reference);
  const opens = await packageOpens(
    reader,
    shown.map(({ id }) => id),
  );
  const decides = decidersFor(reader, target.name);
  const rows = shown.map(async (offer): Promise<ChooseView['packages'][number]> => {
    const ways = await waysOrNone(turn, offer.id, target);
    const words = await Promise.all(ways.map((way) => decides(way)));
    return {
      name: offer.name,
      description: offer.description,
      tier: offer.tier.name,
      opens: opensText(opens.get(offer.id) ?? []),
      decides: [...new Set(words.map((each) => (each === '' ? 'nobody' : each)))].join('; or '),
      howLong: howLong(ways.map(({ lasts }) => lasts)),
      state: stateOf(turn, offer, target),
      until: isMe(turn, target) ? (offer.held?.endsAt ?? '') : '',
      data: dataFor(turn, target, { package: offer.id }),
    };
  });
  const view: ChooseView = {
    query,
    forName: target.name,
    packages: await Promise.all(rows),
    shown: all.length <= aPage ? '' : `${skip + 1} to ${skip + shown.length} of ${all.length}`,
    pages: pagesOf(turn, { ...choice, skip }, all.length),
    portalUrl: myAccess(services.tenantId, 'access-packages'),
  };
  return { kind: 'card', card: { template: 'packages/choose', view } };
}

/** The list is worth showing without what Entra does not tell just now; the form reads it again. */
async function waysOrNone(turn: Turn, packageId: string, target: Target): Promise<readonly Way[]> {
  try {
    return await waysFor(turn, packageId, target);
  } catch (error) {
    if (isAppError(error) && error.code.startsWith('graph.')) return [];
    throw error;
  }
}

function stateOf({ services, actor }: Turn, { held, openRequest }: Offer, target: Target) {
  if (target.id !== actor.objectId) return 'free';
  if (openRequest !== undefined) return 'asked';
  if (held === undefined) return 'free';
  return endsSoon(services.policy, held, services.clock.now().getTime()) ? 'ends-soon' : 'held';
}

function pagesOf(turn: Turn, { query, skip, target }: Choice, count: number): ChooseView['pages'] {
  const page = (title: string, to: number) => ({ title, data: dataFor(turn, target, { query, skip: to }) });
  return [
    ...(skip > 0 ? [page('Earlier ones', skip - aPage)] : []),
    ...(skip + aPage < count ? [page('More', skip + aPage)] : []),
  ];
}

function dataFor(turn: Turn, target: Target, data: OpenData): OpenData {
  return isMe(turn, target) ? data : { ...data, person: target.id };
}
