export const giveBackKind = 'packages.give-back';
export const heldKind = 'packages.held';

/** How cards and claims name an assignment. */
export function heldItem(assignment: string): string {
  return `accessPackageAssignment:${assignment}`;
}

/** One notice of one end is told once: an extension has another end, and is told of anew. */
export function heldPurpose(assignment: string, endsAt: string, notice: number | 'ended'): string {
  return `${heldPurposes(assignment, endsAt)}${notice}`;
}

export function heldPurposes(assignment: string, endsAt: string): string {
  return `${heldKind}:${assignment}:${new Date(endsAt).toISOString()}:`;
}
