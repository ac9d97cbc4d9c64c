/** What recovering somebody's way to sign in takes of Graph. What takes a GraphAs needs the person's own token. */
export { methodRowsSince } from '../directory-audits.js';
export { findPeople } from './find-people.js';
export { hireDateOf } from './hire-date.js';
export { managerChangedSince } from './manager-changed.js';
export type { Pass } from './pass.js';
export { createPass, deletePass, type NewPass, passesOf } from './passes.js';
export {
  authenticationAdministrator,
  globalAdministrator,
  groupIdsOf,
  holdsRole,
  type Privilege,
  type PrivilegedRole,
  privilegedAuthenticationAdministrator,
  privilegeOf,
  roleHolders,
} from './privilege.js';
export { defaultMethodOf, type Registration, registrations } from './registrations.js';
export { revokeSessions } from './revoke-sessions.js';
export type { MethodKind, SignInMethod } from './sign-in-method.js';
export { methodsOf, type Removal, removeMethod } from './sign-in-methods.js';
export { type SignInSeen, signInsOf } from './sign-ins.js';
export { type TapPolicy, tapPolicy } from './tap-policy.js';
