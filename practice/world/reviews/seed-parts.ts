import { personByKey } from '../people.js';
import type { DefinitionInput, ReviewerScope } from './definition.js';

const queryScope = '#microsoft.graph.accessReviewQueryScope';

/** What recommendations rest on: the last sign-in, and how far somebody is from the rest of the group. */
export const insights: NonNullable<DefinitionInput['settings']['recommendationInsightSettings']> = [
  {
    '@odata.type': '#microsoft.graph.userLastSignInRecommendationInsightSetting',
    recommendationLookBackDuration: 'P30D',
    signInScope: 'tenant',
  },
  { '@odata.type': '#microsoft.graph.groupPeerOutlierRecommendationInsightSettings' },
];

export const manager: ReviewerScope = {
  query: './manager',
  queryType: 'MicrosoftGraph',
  queryRoot: 'decisions',
};

export function query(text: string, type?: string): ReviewerScope {
  return {
    ...(type ? { '@odata.type': type } : {}),
    query: text,
    queryType: 'MicrosoftGraph',
    queryRoot: null,
  };
}

export function user(key: string): ReviewerScope {
  return query(`/users/${personByKey(key)?.id}`);
}

export function owners(groupId: string): ReviewerScope {
  return query(`/groups/${groupId}/owners`);
}

export function groupScope(
  groupId: string,
  how: 'members' | 'transitiveMembers' = 'transitiveMembers',
): DefinitionInput['scope'] {
  return query(`/groups/${groupId}/${how}`, queryScope);
}

export function appScope(id: string): DefinitionInput['scope'] {
  return {
    '@odata.type': '#microsoft.graph.principalResourceMembershipsScope',
    principalScopes: [
      query('/v1.0/users', queryScope),
      { ...query('./members/microsoft.graph.user', queryScope), queryRoot: '/v1.0/groups' },
    ],
    resourceScopes: [query(`/v1.0/servicePrincipals/${id}`, queryScope)],
  };
}

export function everyMonths(interval: number): NonNullable<DefinitionInput['settings']['recurrence']> {
  return {
    pattern: { type: 'absoluteMonthly', interval, dayOfMonth: 3 },
    range: { type: 'noEnd', startDate: '2025-02-03' },
  };
}
