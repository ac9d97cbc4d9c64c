import { groupById } from '../world/groups.js';
import { stableId } from '../world/ids.js';
import { type AccessPackage, catalog, type PolicyStage, packagesCreated } from '../world/packages.js';
import type { Entity } from './entity.js';

export function packageEntity(found: AccessPackage): Entity {
  return {
    type: 'accessPackage',
    props: {
      id: found.id,
      displayName: found.displayName,
      description: found.description,
      isHidden: false,
      createdDateTime: packagesCreated,
      modifiedDateTime: packagesCreated,
    },
    nav: {
      catalog: catalogEntity,
      assignmentPolicies: () => [policyEntity(found)],
      resourceRoleScopes: () => resourceRoleScopes(found),
      incompatibleAccessPackages: () => [],
      accessPackagesIncompatibleWith: () => [],
    },
  };
}

export function catalogEntity(): Entity {
  return {
    type: 'accessPackageCatalog',
    props: {
      ...catalog,
      catalogType: 'userManaged',
      state: 'published',
      isExternallyVisible: true,
      createdDateTime: packagesCreated,
      modifiedDateTime: packagesCreated,
    },
  };
}

export function policyEntity(found: AccessPackage): Entity {
  const { policy } = found;
  return {
    type: 'accessPackageAssignmentPolicy',
    props: {
      id: policy.id,
      displayName: policy.displayName,
      description: policy.description,
      allowedTargetScope: policy.allowedTargetScope,
      specificAllowedTargets: [],
      automaticRequestSettings: null,
      reviewSettings: null,
      createdDateTime: packagesCreated,
      modifiedDateTime: packagesCreated,
      expiration: { type: 'afterDuration', duration: policy.duration, endDateTime: null },
      requestorSettings: {
        enableTargetsToSelfAddAccess: true,
        enableTargetsToSelfUpdateAccess: true,
        enableTargetsToSelfRemoveAccess: true,
        allowCustomAssignmentSchedule: policy.customSchedule,
        enableOnBehalfRequestorsToAddAccess: false,
        enableOnBehalfRequestorsToUpdateAccess: false,
        enableOnBehalfRequestorsToRemoveAccess: false,
        onBehalfRequestors: [],
      },
      requestApprovalSettings: {
        isApprovalRequiredForAdd: policy.stages.length > 0,
        isApprovalRequiredForUpdate: policy.stages.length > 0,
        isRequestorJustificationRequired: policy.justificationRequired,
        stages: policy.stages.map(stageSettings),
      },
    },
    nav: { accessPackage: () => packageEntity(found), catalog: catalogEntity, questions: () => [] },
  };
}

/** What a person who may ask for the package has to know; a complex type, so it has no id. */
export function requirement({ policy }: AccessPackage): unknown {
  return {
    policyId: policy.id,
    policyDisplayName: policy.displayName,
    policyDescription: policy.description,
    isApprovalRequiredForAdd: policy.stages.length > 0,
    isApprovalRequiredForUpdate: policy.stages.length > 0,
    isRequestorJustificationRequired: policy.justificationRequired,
    allowCustomAssignmentSchedule: policy.customSchedule,
    schedule: {
      startDateTime: null,
      recurrence: null,
      expiration: { type: 'afterDuration', duration: policy.duration, endDateTime: null },
    },
    questions: [],
  };
}

function stageSettings(stage: PolicyStage): unknown {
  return {
    durationBeforeAutomaticDenial: stage.durationBeforeAutomaticDenial,
    isApproverJustificationRequired: stage.isApproverJustificationRequired,
    isEscalationEnabled: false,
    durationBeforeEscalation: 'PT0S',
    primaryApprovers: stage.primaryApprovers,
    fallbackPrimaryApprovers: stage.fallbackPrimaryApprovers,
    escalationApprovers: [],
    fallbackEscalationApprovers: [],
    approverInformationVisibility: 'default',
  };
}

function resourceRoleScopes(found: AccessPackage): Entity[] {
  const group = groupById(found.groupId ?? '');
  if (!group) return [];
  const origin = { originSystem: 'AadGroup' };
  const role = {
    type: 'accessPackageResourceRole',
    props: {
      id: stableId(`member of ${group.id}`),
      displayName: 'Member',
      originId: `Member_${group.id}`,
      ...origin,
    },
  };
  const scope = {
    type: 'accessPackageResourceScope',
    props: {
      id: stableId(`scope ${group.id}`),
      displayName: group.displayName,
      originId: group.id,
      ...origin,
      isRootScope: true,
    },
  };
  return [
    {
      type: 'accessPackageResourceRoleScope',
      props: { id: stableId(`${found.id} gives ${group.id}`), createdDateTime: packagesCreated },
      nav: { role: () => role, scope: () => scope },
    },
  ];
}
