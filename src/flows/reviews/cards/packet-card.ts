import { day } from '../../../base/clock.js';
import type { Card } from '../../../cards/card.js';
import type { PacketRow, ReviewRow } from '../../../store/schema.js';
import { myAccess } from '../../links.js';
import type { HouseServices } from '../../turn.js';
import { type About, aboutOf } from '../packets.js';
import { noEnd } from '../sweep/time-of.js';
import { type Reviewed, reviewTier } from '../tier.js';
import { isUnclear } from './hygiene.js';
import type { ListView, PacketView, ProgressView, SubjectView } from './views.js';

/** The message itself: made with nobody's token, so it counts the whole review and asks its reader's client to look again. */
export function packetCard(services: HouseServices, review: ReviewRow, packet: PacketRow, mri: string): Card {
  const { total, selfReview } = aboutOf(review);
  // Who answers only for themselves sees nothing of how far all are: it must not make a new picture either.
  const progress = selfReview ? progressOf(-1, -1) : progressOf(total, review.undecided);
  const view: PacketView = {
    ...packetHead(services, review, packet.ref),
    mri,
    counts: 'all',
    progress,
    removable: -1,
    keepable: -1,
    ifNobody: '',
    blocked: '',
    problem: '',
  };
  return { template: 'reviews/packet', view };
}

/** What the bot's own picture and the reader's own have in common. */
export function packetHead(services: HouseServices, review: ReviewRow, ref: string) {
  const about = aboutOf(review);
  return {
    ref,
    review: about.review,
    note: about.note,
    self: about.selfReview,
    subject: subjectView(services, about),
    dueAt: dueAt(review),
    dueDays: dueDays(services, review),
    stage: about.stageCount > 1 ? `${about.stageNumber} of ${about.stageCount}` : '',
    canDecide: services.policy.flows.reviews === 'act',
    portalUrl: myAccess(services.tenantId, 'access-reviews'),
  };
}

export function subjectView({ policy }: HouseServices, about: About): SubjectView {
  return {
    kind: about.kind,
    name: about.name,
    description: about.description,
    owners: about.owners.slice(0, 5).join(', '),
    tier: reviewTier(policy, about).tier.name,
    noOwner: about.noOwner,
    noDescription: about.noDescription,
    unclearName: isUnclear(about.name),
  };
}

/** A few words about what is under review, for cards whose subject is something else. */
export function subjectLine({ policy }: HouseServices, reviewed: Reviewed) {
  return { kind: reviewed.kind, name: reviewed.name, tier: reviewTier(policy, reviewed).tier.name };
}

/** A review among others, in a list or in a reminder. */
export function listRow(
  services: HouseServices,
  review: ReviewRow,
  { ref, left }: { readonly ref: string; readonly left: number },
): ListView['reviews'][number] {
  const about = aboutOf(review);
  return {
    ref,
    review: about.review,
    subject: subjectLine(services, about),
    dueAt: dueAt(review),
    dueDays: dueDays(services, review),
    left,
  };
}

export function progressOf(total: number, left: number): ProgressView {
  if (total < 0 || left < 0) return { total: -1, left: -1, decided: -1, percent: 0 };
  const decided = Math.max(0, total - left);
  // Only a finished review looks finished, and one that was begun looks begun.
  const percent = total === 0 ? 100 : Math.floor((decided * 20) / total) * 5;
  return { total, left, decided, percent: decided > 0 ? Math.max(5, percent) : 0 };
}

/** Empty: Entra does not say. */
export function dueAt(review: ReviewRow): string {
  return review.ends_at >= noEnd ? '' : new Date(review.ends_at).toISOString();
}

export function dueDays({ clock }: HouseServices, review: ReviewRow): number {
  return Math.max(0, Math.ceil((review.ends_at - clock.now().getTime()) / day));
}
