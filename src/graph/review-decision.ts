import type {
  AccessReviewInstanceDecisionItem,
  AccessReviewInstanceDecisionItemResource,
  UserIdentity,
} from '@microsoft/microsoft-graph-types';
import { z } from 'zod/v4';
import { id, list, member, type Shape, text, time } from './fields.js';
import { parseAs } from './parse.js';

/** One person, or one service, in a review. */
export interface DecisionInfo {
  readonly id: string;
  /** Approve, Deny, DontKnow, NotReviewed. */
  readonly decision: string;
  /** Approve, Deny, NoInfoAvailable. */
  readonly recommendation: string;
  readonly justification: string;
  readonly reviewedAt: string | undefined;
  readonly reviewedBy: { readonly id: string; readonly name: string } | undefined;
  /** New, AppliedSuccessfully, AppliedWithUnknownFailure, AppliedSuccessfullyButObjectNotFound, ApplyNotSupported. */
  readonly applyResult: string;
  readonly appliedAt: string | undefined;
  readonly principal: {
    readonly kind: 'user' | 'service';
    readonly id: string;
    readonly name: string;
    readonly userPrincipalName: string;
  };
  readonly resource: { readonly id: string; readonly name: string; readonly type: string } | undefined;
  /** Undefined: Entra did not say, or was not asked. */
  readonly lastSignIn: { readonly kind: 'at'; readonly at: string } | { readonly kind: 'never' } | undefined;
  /** Whether this person stands apart from the others in the group. Undefined: Entra did not say. */
  readonly outlier: boolean | undefined;
}

const insightShape = z
  .object({ '@odata.type': text, lastSignInDateTime: z.string().nullish() })
  .catch({ '@odata.type': '' });

type Insight = z.infer<typeof insightShape>;

const personShape = z.object({
  '@odata.type': text,
  id,
  displayName: text,
  userPrincipalName: text,
} satisfies Shape<UserIdentity>);
const nobody = { '@odata.type': '', id: undefined, displayName: '', userPrincipalName: '' };

const resourceShape = z
  .object({ id, displayName: text, type: text } satisfies Shape<AccessReviewInstanceDecisionItemResource>)
  .catch({ id: undefined, displayName: '', type: '' });

const decisionShape = z
  .object({
    id: z.string().min(1),
    decision: member(['Approve', 'Deny', 'DontKnow', 'NotReviewed']),
    recommendation: member(['Approve', 'Deny', 'NoInfoAvailable']),
    justification: text,
    reviewedDateTime: time,
    reviewedBy: personShape.catch(nobody),
    applyResult: text,
    appliedDateTime: time,
    principal: personShape.catch(nobody),
    resource: resourceShape,
    insights: list(insightShape),
  } satisfies Shape<AccessReviewInstanceDecisionItem & { insights: unknown }>)
  .transform(
    ({ reviewedBy: by, principal, resource, ...item }): DecisionInfo => ({
      id: item.id.toLowerCase(),
      decision: item.decision === '' ? 'NotReviewed' : item.decision,
      recommendation: item.recommendation === '' ? 'NoInfoAvailable' : item.recommendation,
      justification: item.justification,
      reviewedAt: item.reviewedDateTime,
      reviewedBy: by.id === undefined ? undefined : { id: by.id, name: by.displayName },
      applyResult: item.applyResult,
      appliedAt: item.appliedDateTime,
      principal: {
        kind: isA(principal, 'servicePrincipalIdentity') ? 'service' : 'user',
        id: principal.id ?? '',
        name: principal.displayName === '' ? principal.userPrincipalName : principal.displayName,
        userPrincipalName: principal.userPrincipalName,
      },
      resource:
        resource.id === undefined
          ? undefined
          : { id: resource.id, name: resource.displayName, type: resource.type },
      lastSignIn: lastSignIn(item.insights),
      outlier: item.insights.some((insight) => isA(insight, 'membershipOutlierInsight')) ? true : undefined,
    }),
  );

/** An insight that came without its date says nothing; one whose date is null says that there was none. */
function lastSignIn(insights: readonly Insight[]): DecisionInfo['lastSignIn'] {
  const dates = insights
    .filter((insight) => isA(insight, 'userSignInInsight'))
    .flatMap(({ lastSignInDateTime: at }) => (at === undefined ? [] : [at ?? '']));
  const at = dates.find((date) => date !== '' && !date.startsWith('0001-'));
  if (at !== undefined) return { kind: 'at', at };
  return dates.length > 0 ? { kind: 'never' } : undefined;
}

function isA(thing: { readonly '@odata.type': string }, type: string): boolean {
  return thing['@odata.type'].toLowerCase().endsWith(`microsoft.graph.${type}`.toLowerCase());
}

export const asDecision = parseAs(decisionShape, 'decision of an access review');

const countShape = z
  .object({ '@odata.count': z.number().int().min(0).optional() })
  .catch({ '@odata.count': undefined });

/** How many there are in all that fit the filter, where Entra says it. */
export function countOf(page: unknown): number | undefined {
  return countShape.parse(page)['@odata.count'];
}

export const asDecisionPage = parseAs(
  z.object({ value: z.array(decisionShape) }).transform(({ value }) => value),
  'page of decisions',
);
