import { groupById, listedMembers } from './groups.js';
import type { AccessPackage, PolicyStage, SubjectSet } from './packages.js';
import { type Person, personById, personByKey, tenantId } from './people.js';

export function mayRequest(wanted: AccessPackage, person: Person): boolean {
  if (person.tenantId !== tenantId) return false;
  return wanted.policy.allowedTargetScope === 'allDirectoryUsers' || person.userType === 'Member';
}

/**
 * Who may decide a stage for this person. The person is never among them, whatever the policy lists; the
 * fallback approvers count only when that leaves nobody.
 */
export function approversFor(stage: PolicyStage, requestorId: string): string[] {
  const others = (sets: readonly SubjectSet[]): string[] => [
    ...new Set(sets.flatMap((set) => members(set, requestorId)).filter((id) => id !== requestorId)),
  ];
  const primary = others(stage.primaryApprovers);
  return primary.length > 0 ? primary : others(stage.fallbackPrimaryApprovers);
}

function members(set: SubjectSet, requestorId: string): string[] {
  switch (set['@odata.type']) {
    case '#microsoft.graph.singleUser':
      return [set.userId];
    case '#microsoft.graph.groupMembers': {
      const group = groupById(set.groupId);
      return group ? listedMembers(group) : [];
    }
    case '#microsoft.graph.requestorManager': {
      const manager = personByKey(personById(requestorId)?.managerKey ?? '');
      return manager ? [manager.id] : [];
    }
  }
}
