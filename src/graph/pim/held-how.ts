/** The services differ in how they write these words. */

export function isActivated(assignmentType: string): boolean {
  return assignmentType.toLowerCase() === 'activated';
}

export function isThroughGroup(memberType: string): boolean {
  return memberType.toLowerCase() === 'group';
}
