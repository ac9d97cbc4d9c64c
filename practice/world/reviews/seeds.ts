import {
  chatUsers,
  connectorOperators,
  incidentResponders,
  platformAdmins,
  researchArchive,
  stalePilot,
} from '../groups.js';
import { stableId } from '../ids.js';
import { catalog, standardPackage } from '../packages.js';
import { personByKey } from '../people.js';
import { retrievalApp } from '../roles.js';
import { type Definition, type DefinitionInput, definitionShape } from './definition.js';
import { appScope, everyMonths, groupScope, insights, manager, owners, query, user } from './seed-parts.js';

export interface Seed {
  /** What the remote control calls it. */
  readonly key: string;
  readonly definition: Definition;
}

const aiAdministrator = 'd2562ede-74db-457e-a7b6-544e236ebb61';
const created = '2025-02-03T08:00:00Z';

/** The reviews that this tenant has planned. None runs until somebody starts it. */
export const seeds: readonly Seed[] = [
  seed('chat-users', {
    displayName: 'AI Chat Users, quarterly',
    descriptionForAdmins: 'Everybody who may talk to the research assistant.',
    descriptionForReviewers: 'Keep the people who still use the research assistant for their work.',
    scope: groupScope(chatUsers.id),
    reviewers: [user('manager')],
    settings: {
      ...{
        justificationRequiredOnApproval: true,
        autoApplyDecisionsEnabled: true,
        instanceDurationInDays: 14,
      },
      ...{ recommendationInsightSettings: insights, recurrence: everyMonths(3) },
    },
  }),
  seed('platform-admins', {
    displayName: 'AI Platform Admins, monthly',
    descriptionForAdmins: 'Membership brings a directory role.',
    descriptionForReviewers:
      'These people can change models, keys and quotas. Keep only who needs that today.',
    scope: groupScope(platformAdmins.id),
    reviewers: [owners(platformAdmins.id), user('security')],
    settings: {
      ...{
        justificationRequiredOnApproval: true,
        autoApplyDecisionsEnabled: true,
        instanceDurationInDays: 7,
      },
      ...{ recurrence: everyMonths(1) },
    },
  }),
  seed('connector-operators', {
    displayName: 'AI Retrieval Connector Operators',
    descriptionForAdmins: 'First the owner of the connectors, then security.',
    descriptionForReviewers: 'Who still connects document stores to the research assistant?',
    scope: groupScope(connectorOperators.id),
    reviewers: [],
    settings: { autoApplyDecisionsEnabled: true, decisionHistoriesForReviewersEnabled: true },
    stageSettings: [
      {
        ...{ stageId: '1', durationInDays: 7, reviewers: [owners(connectorOperators.id)] },
        decisionsThatWillMoveToNextStage: ['Approve', 'NotReviewed'],
      },
      { stageId: '2', dependsOn: ['1'], durationInDays: 7, reviewers: [user('security')] },
    ],
  }),
  seed('pilot', {
    displayName: 'AI Pilot 2025, do you still need it?',
    descriptionForAdmins: 'Everybody answers for themselves.',
    descriptionForReviewers: 'The pilot is over. Say whether you still need it.',
    scope: groupScope(stalePilot.id, 'members'),
    reviewers: [],
    settings: {
      ...{ instanceDurationInDays: 14, autoApplyDecisionsEnabled: true },
      ...{ defaultDecisionEnabled: true, defaultDecision: 'Deny' },
    },
  }),
  seed('archive', {
    displayName: 'Research archive, yearly',
    descriptionForAdmins: 'A large group.',
    descriptionForReviewers: 'Who still searches the archive of finished research projects?',
    scope: groupScope(researchArchive.id, 'members'),
    reviewers: [user('appowner')],
    settings: {
      ...{ instanceDurationInDays: 30, autoApplyDecisionsEnabled: true },
      ...{ recommendationInsightSettings: insights, recurrence: everyMonths(12) },
    },
  }),
  seed('retrieval-app', {
    displayName: 'Retrieval connector, who may use it',
    descriptionForAdmins: 'People assigned to the app.',
    descriptionForReviewers: 'Who still needs to use the retrieval connector?',
    scope: appScope(retrievalApp.id),
    reviewers: [query(`/servicePrincipals/${retrievalApp.id}/owners`)],
    settings: { instanceDurationInDays: 14 },
  }),
  seed('standard-package', {
    displayName: 'Package: AI research assistant - standard',
    descriptionForAdmins: 'Assignments of the package.',
    descriptionForReviewers: 'Who still needs what this package brings?',
    scope: query(
      `/identityGovernance/entitlementManagement/accessPackageAssignments?$filter=(accessPackageId eq '${standardPackage.id}' and assignmentPolicyId eq '${standardPackage.policy.id}' and catalogId eq '${catalog.id}')`,
      '#microsoft.graph.accessReviewQueryScope',
    ),
    reviewers: [user('helpdesk')],
    settings: { instanceDurationInDays: 14, autoApplyDecisionsEnabled: true },
  }),
  seed('ai-administrators', {
    displayName: 'AI Administrators',
    descriptionForAdmins: 'The Entra role, active and eligible.',
    descriptionForReviewers:
      'People and apps with this role can manage every AI service. Keep only who must.',
    scope: query(
      `/roleManagement/directory/roleDefinitions/${aiAdministrator}`,
      '#microsoft.graph.accessReviewQueryScope',
    ),
    reviewers: [user('security')],
    settings: {
      ...{
        justificationRequiredOnApproval: true,
        autoApplyDecisionsEnabled: true,
        instanceDurationInDays: 7,
      },
    },
  }),
  seed('incident-responders', {
    displayName: 'AI Incident Responders',
    descriptionForAdmins: 'Membership is governed by Privileged Identity Management.',
    descriptionForReviewers: 'Who among your people still takes part in AI incidents?',
    scope: query(
      `/identityGovernance/privilegedAccess/group/assignmentScheduleInstances?$expand=principal&$filter=(isof(principal,'microsoft.graph.user') and groupId eq '${incidentResponders.id}')`,
      '#microsoft.graph.accessReviewQueryScope',
    ),
    reviewers: [manager],
    fallbackReviewers: [user('security')],
    settings: { instanceDurationInDays: 10, autoApplyDecisionsEnabled: true },
  }),
];

export function seedByKey(key: string): Seed | undefined {
  return seeds.find((each) => each.key === key);
}

function seed(key: string, input: DefinitionInput): Seed {
  const definition = definitionShape.parse({
    ...input,
    id: stableId(`review ${key}`),
    createdById: personByKey('security')?.id ?? '',
    createdAt: created,
  });
  return { key, definition };
}
