import { day } from '../../../base/clock.js';
import type { Card } from '../../../cards/card.js';
import type { RequestInfo } from '../../../graph/entitlement.js';
import { changeCard, openCard } from '../../../jobs/cards.js';
import { myAccess } from '../../links.js';
import type { HouseServices } from '../../turn.js';
import type { StuckView } from '../cards/decide-views.js';
import { type About, aboutOf } from '../decide/verdict.js';
import { packageOwners } from '../status/owners.js';
import type { OpenStage } from './open-stage.js';
import { cardsOf, itemOf } from './request-cards.js';

export const stuckKind = 'packages.stuck';

/** Nobody is left who could decide the stage: those who answer for the package hear of it, once. */
export async function tellStuck(
  services: HouseServices,
  request: RequestInfo,
  stage: OpenStage,
): Promise<void> {
  const told = (await cardsOf(services, request.id)).filter(
    (row) => row.kind === stuckKind && row.version > 0,
  );
  const owners = await packageOwners(services, request.packageId);
  if (owners.length === 0) {
    services.log.warn({ request: request.id }, 'nobody can decide a request, and its package names no owner');
  }
  for (const { id: person } of owners) {
    const purpose = purposeOf(request.id, stage.index, person);
    if (told.some((row) => row.purpose === purpose)) continue;
    await services.store.write(async (tx) => {
      const { ref } = await openCard(tx, services, {
        flow: 'packages',
        kind: stuckKind,
        item: itemOf(request.id),
        person,
        purpose,
        expiresAt: new Date(services.clock.now().getTime() + 60 * day),
      });
      await changeCard(tx, services.clock, ref, stuckCard(services, aboutIn(request), 'stuck', stage));
    });
  }
}

/** Somebody was found for the stage, or it is over. */
export async function settleStuck(
  services: HouseServices,
  request: RequestInfo,
  now?: number,
): Promise<void> {
  const rows = await cardsOf(services, request.id);
  const open = rows.filter((row) => row.kind === stuckKind && row.state === 'open');
  for (const { ref, purpose, person } of open) {
    // Told of an earlier stage, or of this one that somebody can decide now.
    const index = Number(purpose.slice(`${stuckKind}:${request.id}:`.length).split(':')[0]);
    if (purpose !== purposeOf(request.id, index, person) || (now !== undefined && index > now)) continue;
    const card = stuckOverCard(services, aboutIn(request));
    await services.store.write((tx) => changeCard(tx, services.clock, ref, card, { final: true }));
  }
}

function purposeOf(requestId: string, stage: number, person: string): string {
  return `${stuckKind}:${requestId}:${stage}:${person}`;
}

type StuckAbout = Pick<About, 'packageName' | 'requesterName'> & { readonly createdAt: string };

function aboutIn(request: RequestInfo): StuckAbout {
  return { ...aboutOf(request), createdAt: request.createdAt };
}

export function stuckOverCard(services: HouseServices, about: StuckAbout): Card {
  return stuckCard(services, about, 'over');
}

function stuckCard(
  { tenantId }: HouseServices,
  { packageName, requesterName, createdAt }: StuckAbout,
  state: StuckView['state'],
  stage?: OpenStage,
): Card {
  const view: StuckView = {
    state,
    name: packageName,
    requester: requesterName,
    stage: stage === undefined ? 0 : stage.index + 1,
    stages: stage?.of ?? 0,
    askedAt: createdAt,
    deniedAt: stage === undefined || stage.deniedAt === 0 ? '' : new Date(stage.deniedAt).toISOString(),
    portalUrl: myAccess(tenantId, 'access-packages'),
  };
  return { template: 'packages/stuck', view };
}
