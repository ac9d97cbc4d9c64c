import { asPerson } from './as-person.js';

const base = '/v1.0/identityGovernance/accessReviews/definitions';

export interface PortalDecision {
  readonly id: string;
  readonly principal: { readonly id: string; readonly displayName: string };
}

/** What reviewers and administrators do about reviews in the portal, past the bot: straight to Graph, in their own name. */
export function openReviewPortal(practiceUrl: string) {
  const call = asPerson(practiceUrl, 'AccessReview.ReadWrite.All');
  const graph = <T>(person: string, method: string, path: string, body?: unknown): Promise<T> =>
    call(person, method, `${base}${path}`, body);
  const placeOf = (definition: string, instance: string) => `/${definition}/instances/${instance}/decisions`;

  return {
    /** Straight to Graph, below `definitions`. */
    graph,
    /** What this person has to decide. */
    async mine(person: string, definition: string, instance: string): Promise<readonly PortalDecision[]> {
      const path = `${placeOf(definition, instance)}/filterByCurrentUser(on='reviewer')`;
      return (await graph<{ value: readonly PortalDecision[] }>(person, 'GET', path)).value;
    },
    decide: (
      person: string,
      { definition, instance, id }: { definition: string; instance: string; id: string },
      decision: { readonly decision: string; readonly justification: string },
    ) => graph<void>(person, 'PATCH', `${placeOf(definition, instance)}/${id}`, decision),
  };
}
