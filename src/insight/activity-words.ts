/** What administrators do most; everything else is told in the log's own words. */
const plainWords: Readonly<Record<string, string>> = {
  'add user': 'added a user',
  'update user': 'changed a user',
  'delete user': 'deleted a user',
  'restore user': 'brought a deleted user back',
  'invite external user': 'invited a guest',
  'disable account': 'blocked a user from signing in',
  'enable account': 'let a user sign in again',
  'reset user password': 'reset a password',
  'reset password (by admin)': 'reset a password',
  'change user license': 'changed the licences of a user',
  'admin registered security info': 'added a sign-in method for a user',
  'admin deleted security info': 'removed a sign-in method of a user',
  'update stsrefreshtokenvalidfrom timestamp': 'signed a user out everywhere',
  'add group': 'added a group',
  'update group': 'changed a group',
  'delete group': 'deleted a group',
  'add member to group': 'added a member to a group',
  'remove member from group': 'removed a member from a group',
  'add owner to group': 'added an owner to a group',
  'remove owner from group': 'removed an owner from a group',
  'add member to role': 'gave somebody a role',
  'remove member from role': 'took a role from somebody',
  'add eligible member to role': 'made somebody eligible for a role',
  'remove eligible member from role': 'ended that somebody is eligible for a role',
  'add application': 'registered an application',
  'update application': 'changed an application',
  'delete application': 'deleted an application',
  'update application - certificates and secrets management': 'changed the secrets of an application',
  'add owner to application': 'added an owner to an application',
  'add service principal': 'added an enterprise application',
  'update service principal': 'changed an enterprise application',
  'remove service principal': 'removed an enterprise application',
  'add service principal credentials': 'added a secret to an enterprise application',
  'remove service principal credentials': 'removed a secret of an enterprise application',
  'add owner to service principal': 'added an owner to an enterprise application',
  'add app role assignment to service principal': 'gave an application a permission',
  'add app role assignment grant to user': 'gave a user access to an application',
  'add delegated permission grant': 'let an application act for users',
  'consent to application': 'agreed to what an application may do',
  'add policy': 'added a policy',
  'update policy': 'changed a policy',
  'delete policy': 'deleted a policy',
  'add conditional access policy': 'added a Conditional Access policy',
  'update conditional access policy': 'changed a Conditional Access policy',
  'delete conditional access policy': 'deleted a Conditional Access policy',
  'authentication methods policy update': 'changed how people may sign in',
  'update role setting in pim': 'changed the rules of a role',
  'add device': 'added a device',
  'update device': 'changed a device',
  'delete device': 'deleted a device',
  'set domain authentication': 'changed how people of a domain sign in',
  'set federation settings on domain': 'changed which service signs people of a domain in',
  'set company information': 'changed settings of the organisation',
};

/** What the log says was done, as people say it. */
export function wordsFor(activity: string): string {
  const key = activityKey(activity);
  return Object.hasOwn(plainWords, key) ? (plainWords[key] ?? activity) : activity.trim();
}

/** The log writes one activity with a hyphen or a dash, and now and then with a space at its end. */
export function activityKey(activity: string): string {
  return activity.toLowerCase().replace(/[–—]/g, '-').replace(/\s+/g, ' ').trim();
}
