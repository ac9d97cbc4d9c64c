import { groupById, listedMembers } from './groups.js';
import {
  type AccessPackage,
  type Policy,
  type PolicyStage,
  policiesOf,
  type SubjectSet,
} from './packages.js';
import { type Person, personById, tenantId } from './people.js';
import { directoryPerson, directoryPersonByKey } from './reviewed-people.js';

/** Who asks, and who would get it: mostly the same person. */
export interface Asking {
  readonly requestorId: string;
  readonly targetId: string;
}

export function mayRequest(wanted: AccessPackage, person: Person): boolean {
  return policiesFor(wanted, person).length > 0;
}

/** The policies under which this person may have it. */
export function policiesFor(wanted: AccessPackage, person: Person): readonly Policy[] {
  if (person.tenantId !== tenantId) return [];
  return policiesOf(wanted).filter(({ allowedTargetScope: scope }) => {
    if (scope === 'allDirectoryUsers') return true;
    return person.userType === (scope === 'allExternalUsers' ? 'Guest' : 'Member');
  });
}

/** Whether the policy lets somebody ask for another person. */
export function mayAskFor({ onBehalf = [] }: Policy, requestorId: string, targetId: string): boolean {
  return onBehalf.some((set) => members(set, { requestorId, targetId }).includes(requestorId));
}

/**
 * Who may decide a stage for this person. Neither who asks nor who would get it is ever among them, whatever the
 * policy lists; the fallback approvers count only when that leaves nobody.
 */
export function approversFor(stage: PolicyStage, asking: Asking): string[] {
  return firstOf(stage.primaryApprovers, stage.fallbackPrimaryApprovers, asking);
}

/** Who may decide it too, once it has waited for too long. */
export function escalationApprovers({ escalation }: PolicyStage, asking: Asking): string[] {
  return escalation ? firstOf(escalation.approvers, escalation.fallbackApprovers, asking) : [];
}

function firstOf(
  sets: readonly SubjectSet[],
  fallback: readonly SubjectSet[],
  { requestorId, targetId }: Asking,
): string[] {
  const others = (from: readonly SubjectSet[]): string[] => {
    const all = from.flatMap((set) => members(set, { requestorId, targetId }));
    return [...new Set(all)].filter((id) => id !== requestorId && id !== targetId);
  };
  const primary = others(sets);
  return primary.length > 0 ? primary : others(fallback);
}

function members(set: SubjectSet, { requestorId, targetId }: Asking): string[] {
  switch (set['@odata.type']) {
    case '#microsoft.graph.singleUser':
      return [set.userId];
    case '#microsoft.graph.groupMembers': {
      const group = groupById(set.groupId);
      return group ? listedMembers(group) : [];
    }
    case '#microsoft.graph.requestorManager':
      return related(personById(requestorId)?.managerKey);
    case '#microsoft.graph.targetManager':
      return related(directoryPerson(targetId)?.managerKey);
    case '#microsoft.graph.targetUserSponsors':
      return related(personById(targetId)?.sponsorKey);
  }
}

function related(key: string | undefined): string[] {
  const person = directoryPersonByKey(key ?? '');
  return person ? [person.id] : [];
}
