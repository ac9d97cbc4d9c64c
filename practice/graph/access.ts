import type { Access } from './caller.js';

const emRead = 'EntitlementManagement.Read.All';
const emWrite = 'EntitlementManagement.ReadWrite.All';
const emSubject = 'EntitlementMgmt-SubjectAccess.ReadWrite';
const reviewRead = 'AccessReview.Read.All';
const reviewWrite = 'AccessReview.ReadWrite.All';
const directory = ['Directory.Read.All', 'Directory.ReadWrite.All'];
const group = ['Group.Read.All', 'Group.ReadWrite.All', ...directory];
const groupMember = ['GroupMember.ReadBasic.All', 'GroupMember.Read.All', 'GroupMember.ReadWrite.All'];

/** Entitlement management: what each kind of operation asks for, as in the permissions reference. */
export const entitlement = {
  read: both([emRead, emWrite]),
  own: { delegated: [emSubject, emRead, emWrite], application: [] },
  submit: { delegated: [emSubject, emWrite], application: [emWrite] },
  cancel: { delegated: [emSubject, emWrite], application: [] },
  write: both([emWrite]),
  readApproval: { delegated: [emRead, emWrite], application: [] },
  decide: { delegated: [emWrite], application: [] },
} satisfies Record<string, Access>;

/** Access reviews. Deciding is for people only, and so is "what is mine to decide". */
export const accessReviews = {
  read: both([reviewRead, reviewWrite]),
  own: { delegated: [reviewRead, reviewWrite], application: [] },
  write: both([reviewWrite]),
  decide: { delegated: [reviewWrite], application: [] },
} satisfies Record<string, Access>;

/** People and groups. `User.Read` opens a person's own entry only; the operations see to that. */
export const people = {
  read: {
    delegated: ['User.Read', 'User.ReadBasic.All', 'User.Read.All', 'User.ReadWrite.All', ...directory],
    application: ['User.ReadBasic.All', 'User.Read.All', 'User.ReadWrite.All', ...directory],
  },
  list: both(['User.ReadBasic.All', 'User.Read.All', 'User.ReadWrite.All', ...directory]),
  manager: both(['User.Read.All', 'User.ReadWrite.All', ...directory]),
  reports: {
    delegated: ['User.Read', 'User.Read.All', 'User.ReadWrite.All', ...directory],
    application: ['User.Read.All', 'User.ReadWrite.All', ...directory],
  },
  memberOf: {
    delegated: ['User.Read', 'User.Read.All', 'Group.ReadBasic.All', ...groupMember, ...group],
    application: ['User.Read.All', 'Group.ReadBasic.All', ...groupMember, ...group],
  },
} satisfies Record<string, Access>;

export const groups = {
  read: both(['Group.ReadBasic.All', 'GroupMember.Read.All', ...group]),
  members: both(['Group.ReadBasic.All', ...groupMember, ...group]),
  owners: both(['GroupMember.Read.All', 'GroupMember.ReadWrite.All', ...group]),
} satisfies Record<string, Access>;

export const organization: Access = {
  delegated: ['User.Read', 'User.Read.All', 'Organization.Read.All', ...directory],
  application: ['Organization.Read.All', ...directory],
};

export const roleManagement: Access = both([
  'RoleManagement.Read.Directory',
  'RoleManagement.Read.All',
  'RoleManagement.ReadWrite.Directory',
  ...directory,
]);

const manageRoles = [
  'RoleManagement.Read.Directory',
  'RoleManagement.Read.All',
  'RoleManagement.ReadWrite.Directory',
];
const eligibleRead = [
  'RoleEligibilitySchedule.Read.Directory',
  'RoleEligibilitySchedule.ReadWrite.Directory',
];
const assignedRead = ['RoleAssignmentSchedule.Read.Directory', 'RoleAssignmentSchedule.ReadWrite.Directory'];
const assignedWrite = ['RoleAssignmentSchedule.ReadWrite.Directory', 'RoleManagement.ReadWrite.Directory'];
const eligibleWrite = ['RoleEligibilitySchedule.ReadWrite.Directory', 'RoleManagement.ReadWrite.Directory'];
const inGroups = (name: string): string => `Privileged${name}.AzureADGroup`;
const groupsRead = [inGroups('AssignmentSchedule.Read'), inGroups('AssignmentSchedule.ReadWrite')];
const eligibleInGroups = [inGroups('EligibilitySchedule.Read'), inGroups('EligibilitySchedule.ReadWrite')];

/** Just-in-time roles of the directory. Even reading requests takes the write scope, and approvals are for people only. */
export const pimRoles = {
  eligible: both([...eligibleRead, ...manageRoles]),
  assigned: both([...assignedRead, ...manageRoles]),
  requests: { delegated: assignedWrite, application: [] },
  submit: { delegated: assignedWrite, application: [] },
  eligibleRequests: { delegated: eligibleWrite, application: [] },
  readApproval: { delegated: ['RoleAssignmentSchedule.ReadWrite.Directory'], application: [] },
  decide: { delegated: ['RoleAssignmentSchedule.ReadWrite.Directory'], application: [] },
} satisfies Record<string, Access>;

/** The same for groups, where requests have a read scope. */
export const pimGroups = {
  eligible: both(eligibleInGroups),
  assigned: both(groupsRead),
  requests: { delegated: groupsRead, application: [] },
  submit: { delegated: [inGroups('AssignmentSchedule.ReadWrite')], application: [] },
  eligibleRequests: { delegated: eligibleInGroups, application: [] },
  readApproval: { delegated: groupsRead, application: [] },
  decide: { delegated: [inGroups('AssignmentSchedule.ReadWrite')], application: [] },
} satisfies Record<string, Access>;

/** Which of the two counts depends on what the policy is about. */
export const rolePolicies: Access = {
  delegated: [
    ...['RoleManagementPolicy.Read.Directory', 'RoleManagementPolicy.ReadWrite.Directory'],
    ...manageRoles,
  ],
  application: manageRoles,
};
export const groupPolicies: Access = both([
  'RoleManagementPolicy.Read.AzureADGroup',
  'RoleManagementPolicy.ReadWrite.AzureADGroup',
]);
export const anyPolicies: Access = {
  delegated: [...rolePolicies.delegated, ...groupPolicies.delegated],
  application: [...rolePolicies.application, ...groupPolicies.application],
};

export const auditLog: Access = both(['AuditLog.Read.All', 'Directory.Read.All']);

export const applications: Access = both(['Application.Read.All', 'Application.ReadWrite.All', ...directory]);

function both(permissions: readonly string[]): Access {
  return { delegated: permissions, application: permissions };
}
