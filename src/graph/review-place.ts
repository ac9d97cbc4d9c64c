import { segment } from './url.js';

/** Where decisions stand: an instance, or one stage of it. All ids in lower case. */
export interface ReviewPlace {
  readonly definitionId: string;
  readonly instanceId: string;
  readonly stageId?: string;
}

export const definitions = '/identityGovernance/accessReviews/definitions';
/** What the person whose token it is has to review. */
export const mine = "filterByCurrentUser(on='reviewer')";

export function instancesPath(definitionId: string): string {
  return `${definitions}/${segment(definitionId)}/instances`;
}

export function instancePath({ definitionId, instanceId }: ReviewPlace): string {
  return `${instancesPath(definitionId)}/${segment(instanceId)}`;
}

export function decisionsPath(place: ReviewPlace): string {
  const stage = place.stageId === undefined ? '' : `/stages/${segment(place.stageId)}`;
  return `${instancePath(place)}${stage}/decisions`;
}

export function decisionPath(place: ReviewPlace, decisionId: string): string {
  return `${decisionsPath(place)}/${segment(decisionId)}`;
}
