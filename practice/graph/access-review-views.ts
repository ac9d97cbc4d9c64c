import type { PracticeContext } from '../context.js';
import { groupById } from '../world/groups.js';
import { stableId } from '../world/ids.js';
import { packageById } from '../world/packages.js';
import { directoryPerson } from '../world/reviewed-people.js';
import type { Definition } from '../world/reviews/definition.js';
import { decisionId, type Instance, type Place, type Round } from '../world/reviews/instance.js';
import { type Outcome, outcomeOf } from '../world/reviews/outcome.js';
import { isOutlier, recommendation, signedInAt } from '../world/reviews/recommendation.js';
import { askedIn } from '../world/reviews/reviewers.js';
import { type Scope, scopeOf } from '../world/reviews/scope.js';
import { instancesOf, statusOf } from '../world/reviews/state.js';
import { principalAt } from '../world/reviews/subjects.js';
import { retrievalApp, roles } from '../world/roles.js';
import type { Entity } from './entity.js';

const zeroId = '00000000-0000-0000-0000-000000000000';
const nobody = { id: zeroId, displayName: '', userPrincipalName: '' };
// Entra signs what it did by itself with its own name.
const entraItself = {
  id: zeroId,
  displayName: 'AAD Access Reviews',
  userPrincipalName: 'AAD Access Reviews',
};
const graphBase = 'https://graph.microsoft.com/v1.0';

export function definitionEntity({ tenant }: PracticeContext, definition: Definition): Entity {
  const { createdById, createdAt, ...written } = definition;
  const state = tenant.reviews.state();
  const newest = instancesOf(state, definition.id).at(-1);
  return {
    type: 'accessReviewScheduleDefinition',
    props: {
      ...written,
      instanceEnumerationScope: definition.instanceEnumerationScope ?? null,
      createdDateTime: createdAt,
      lastModifiedDateTime: newest && newest.startsAt > createdAt ? newest.startsAt : createdAt,
      status: statusOf(state, definition),
      createdBy: identity(createdById),
    },
    nav: {
      instances: () =>
        instancesOf(state, definition.id).map((instance) => instanceEntity(definition, instance)),
    },
  };
}

export function instanceEntity(definition: Definition, instance: Instance): Entity {
  return {
    type: 'accessReviewInstance',
    props: {
      id: instance.id,
      startDateTime: instance.startsAt,
      endDateTime: instance.endsAt,
      status: instance.status,
      scope: definition.scope,
      reviewers: definition.reviewers,
      fallbackReviewers: definition.fallbackReviewers,
    },
    nav: {
      stages: () => stagesOf(definition, instance).map((round) => stageEntity(definition, instance, round)),
    },
  };
}

/** The rounds of an instance that has stages; one without shows none. */
export function stagesOf({ stageSettings }: Definition, { rounds }: Instance): readonly Round[] {
  return stageSettings.length > 0 ? rounds : [];
}

export function stageEntity(definition: Definition, instance: Instance, round: Round): Entity {
  const { reviewers, fallbackReviewers } = askedIn(definition, instance, round);
  return {
    type: 'accessReviewStage',
    props: {
      id: round.id,
      startDateTime: round.startsAt,
      endDateTime: round.endsAt,
      status: round.status,
      reviewers,
      fallbackReviewers,
    },
  };
}

export function reviewerEntity(personId: string, since: string): Entity {
  const { id, displayName, userPrincipalName } = identity(personId);
  return {
    type: 'accessReviewReviewer',
    props: { id, displayName, userPrincipalName, createdDateTime: since },
  };
}

export function decisionEntity(definition: Definition, place: Place): Entity {
  const { instance, round, index } = place;
  const outcome = outcomeOf(definition, place);
  const resource = resourceOf(definition);
  const { id, kind } = principalAt(instance.subjects, index);
  const collection = kind === 'service' ? 'servicePrincipals' : 'users';
  return {
    type: 'accessReviewInstanceDecisionItem',
    props: {
      id: decisionId(round, index),
      accessReviewId: instance.id,
      reviewedDateTime: reviewedAt(outcome, instance),
      decision: outcome.decision,
      justification: outcome.justification,
      appliedDateTime: outcome.appliedAt ?? null,
      applyResult: outcome.applyResult,
      recommendation: recommendation(definition, place),
      principalLink: `${graphBase}/${collection}/${id}`,
      resourceLink: resource.link,
      reviewedBy: reviewedBy(outcome),
      appliedBy: outcome.appliedAt ? entraItself : nobody,
      resource: resource.shown,
      principal: principalOf(id, kind),
    },
    nav: { insights: () => insightEntities(definition, place) },
  };
}

export function insightEntities(definition: Definition, { instance, index }: Place): Entity[] {
  const signedIn = signedInAt(instance, index);
  const { id } = principalAt(instance.subjects, index);
  const scope = scopeOf(definition);
  const seen = insight('userSignInInsight', zeroId, { lastSignInDateTime: signedIn ?? null });
  const outlier = insight('membershipOutlierInsight', stableId(`outlier ${instance.id} ${id}`), {
    memberId: id,
    containerId: scope?.id ?? zeroId,
    outlierMemberType: 'user',
    outlierContainerType: 'group',
  });
  return [
    ...(signedIn === undefined ? [] : [seen]),
    ...(isOutlier(definition, instance, index) ? [outlier] : []),
  ];
}

function insight(type: string, id: string, more: Record<string, unknown>): Entity {
  const props = { '@odata.type': `#microsoft.graph.${type}`, id, insightCreatedDateTime: null, ...more };
  return { type, props };
}

function reviewedAt({ by }: Outcome, instance: Instance): string | null {
  if (by === 'service') return instance.appliedAt ?? null;
  return by?.at ?? null;
}

function reviewedBy({ by }: Outcome): object {
  if (by === 'service') return entraItself;
  return by ? identity(by.id) : nobody;
}

function identity(id: string): { id: string; displayName: string; userPrincipalName: string } {
  const person = directoryPerson(id);
  return { id, displayName: person?.displayName ?? '', userPrincipalName: person?.userPrincipalName ?? '' };
}

function principalOf(id: string, kind: 'user' | 'service'): object {
  if (kind === 'user') return { '@odata.type': '#microsoft.graph.userIdentity', ...identity(id) };
  const { appId, displayName } = retrievalApp;
  return { '@odata.type': '#microsoft.graph.servicePrincipalIdentity', id, displayName, appId };
}

interface Resource {
  readonly shown: object;
  readonly link: string;
}

function resourceOf(definition: Definition): Resource {
  const scope = scopeOf(definition);
  return scope
    ? resources[scope.kind](scope.id)
    : { shown: { id: zeroId, displayName: '', type: '' }, link: '' };
}

const derived = '#microsoft.graph.accessReviewInstanceDecisionItem';
const group = (id: string): Resource => ({
  shown: { id, displayName: groupById(id)?.displayName ?? '', type: 'group' },
  link: `${graphBase}/groups/${id}`,
});
const resources: Readonly<Record<Scope['kind'], (id: string) => Resource>> = {
  group,
  'pim-group': group,
  application: (id) => ({
    shown: {
      '@odata.type': `${derived}ServicePrincipalResource`,
      ...{ id, displayName: retrievalApp.displayName, type: 'servicePrincipal', appId: retrievalApp.appId },
    },
    link: `${graphBase}/servicePrincipals/${id}`,
  }),
  package: (id) => {
    const found = packageById(id);
    const policy = found?.policy.id ?? zeroId;
    return {
      // Reviewed is the assignment through a policy: that is whose id and name stand here.
      shown: {
        '@odata.type': `${derived}AccessPackageAssignmentPolicyResource`,
        id: policy,
        displayName: found?.policy.displayName ?? '',
        type: 'accessPackageAssignmentPolicy',
        accessPackageId: id,
        accessPackageDisplayName: found?.displayName ?? '',
      },
      link: `${graphBase}/identityGovernance/entitlementManagement/assignmentPolicies/${policy}`,
    };
  },
  role: (id) => ({
    shown: {
      id,
      displayName: roles.find((role) => role.id === id)?.displayName ?? '',
      type: 'directoryRole',
    },
    link: `${graphBase}/roleManagement/directory/roleDefinitions/${id}`,
  }),
};
