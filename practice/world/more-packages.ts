import { agentBuilders, platformAdmins } from './groups.js';
import { stableId } from './ids.js';
import { projectQuestions } from './package-questions.js';
import {
  type AccessPackage,
  ownManager,
  type Resource,
  type SubjectSet,
  stage,
  user,
} from './package-shape.js';

const administrators: SubjectSet = {
  '@odata.type': '#microsoft.graph.groupMembers',
  groupId: platformAdmins.id,
};
const managerStage = stage('Manager', [ownManager], { fallback: [administrators] });

/** Two ways to have it: shortly with little ado, or for a project with questions and two approvals. */
export const agentWorkshop: AccessPackage = {
  key: 'workshop',
  id: '9c2f6b31-40d8-4e7a-8b15-6f0d3e9a7c24',
  displayName: 'AI agent workshop',
  description: 'Build agents and try them out.',
  groupId: agentBuilders.id,
  opens: [
    application('AI Agent Studio', 'Studio.User'),
    site('Agent workshop', 'agent-workshop', 'Agent workshop Members'),
  ],
  policy: {
    id: '9c2f6b31-40d8-4e7a-8b15-6f0d3e9a7c34',
    displayName: 'For two weeks',
    description: 'To look around; the manager decides. Managers may ask for their people.',
    allowedTargetScope: 'allMemberUsers',
    justificationRequired: true,
    customSchedule: false,
    duration: 'P14D',
    stages: [managerStage],
    extendsFreely: true,
    onBehalf: [{ '@odata.type': '#microsoft.graph.targetManager', managerLevel: 1 }],
  },
  otherPolicies: [
    {
      id: '9c2f6b31-40d8-4e7a-8b15-6f0d3e9a7c38',
      displayName: 'For a project',
      description: 'For work on a project; the manager decides, then the owner of the product.',
      allowedTargetScope: 'allMemberUsers',
      justificationRequired: true,
      customSchedule: true,
      duration: 'P90D',
      stages: [managerStage, stage('Product owner', [user('appowner')], { fallback: [user('security')] })],
      questions: projectQuestions,
    },
  ],
};

export const evaluationSandbox: AccessPackage = {
  key: 'sandbox',
  id: '9c2f6b31-40d8-4e7a-8b15-6f0d3e9a7c26',
  displayName: 'AI evaluation sandbox',
  description: 'Compare models on test data.',
  groupId: undefined,
  opens: [
    application('AI Evaluation Sandbox', 'Sandbox.User'),
    site('Evaluation results', 'evaluation-results', 'Evaluation results Visitors'),
  ],
  policy: {
    id: '9c2f6b31-40d8-4e7a-8b15-6f0d3e9a7c36',
    displayName: 'Members, no approval',
    description: 'Employees may have it at once.',
    allowedTargetScope: 'allMemberUsers',
    justificationRequired: false,
    customSchedule: false,
    duration: 'P90D',
    stages: [],
  },
  fails: 'failed',
};

export const partnerDesk: AccessPackage = {
  key: 'partner',
  id: '9c2f6b31-40d8-4e7a-8b15-6f0d3e9a7c27',
  displayName: 'Partner prompt desk',
  description: 'Work on prompts together with people of partner firms.',
  groupId: undefined,
  opens: [site('Partner prompt desk', 'partner-prompt-desk', 'Partner prompt desk Members')],
  policy: {
    id: '9c2f6b31-40d8-4e7a-8b15-6f0d3e9a7c37',
    displayName: 'Guests, sponsor approval',
    description: 'Guests may ask; the employee who answers for them decides.',
    allowedTargetScope: 'allExternalUsers',
    justificationRequired: true,
    customSchedule: true,
    duration: 'P60D',
    stages: [
      stage('Sponsor', [{ '@odata.type': '#microsoft.graph.targetUserSponsors' }], {
        fallback: [user('appowner')],
      }),
    ],
  },
};

/** Two approvals, and not together with the package that it conflicts with. */
export function redTeamData(conflictingPackageId: string): AccessPackage {
  return {
    key: 'redteam',
    id: '9c2f6b31-40d8-4e7a-8b15-6f0d3e9a7c25',
    displayName: 'AI red team data',
    description: 'Read the attacks that were collected against our models.',
    groupId: undefined,
    opens: [application('Attack Archive', 'Archive.Read'), site('Red team', 'red-team', 'Red team Visitors')],
    policy: {
      id: '9c2f6b31-40d8-4e7a-8b15-6f0d3e9a7c35',
      displayName: 'Members, manager and security',
      description: 'The manager decides, then the security lead; after two days the product owner may too.',
      allowedTargetScope: 'allMemberUsers',
      justificationRequired: true,
      customSchedule: false,
      duration: 'P30D',
      stages: [
        managerStage,
        stage('Security', [user('security')], {
          justified: true,
          escalation: { after: 'P2D', approvers: [user('appowner')], fallbackApprovers: [administrators] },
        }),
      ],
    },
    conflictingPackageIds: [conflictingPackageId],
    // Whoever runs the platform must not be the one who looks for its holes.
    conflictingGroupIds: [platformAdmins.id],
  };
}

function application(name: string, role: string): Resource {
  const [originId, roleOriginId] = [stableId(`application ${name}`), stableId(`application role ${role}`)];
  return { system: 'AadApplication', name, originId, role, roleOriginId };
}

function site(name: string, path: string, role: string): Resource {
  const originId = `https://contoso.sharepoint.example/sites/${path}`;
  // Groups of a site have small numbers: 4 are its visitors, 5 its members.
  return {
    system: 'SharePointOnline',
    name,
    originId,
    role,
    roleOriginId: role.endsWith('Visitors') ? '4' : '5',
  };
}
