import type { Person } from '../../world/people.js';
import { directoryPerson } from '../../world/reviewed-people.js';
import type { Call, Operation } from '../call.js';
import { homePeople } from '../directory-views.js';
import { noSuchResource } from '../error-answer.js';
import { badRequest } from '../odata-query.js';

/** Wraps an operation that only reads methods: it may count for a limit. */
export type Reads = (operation: Operation) => Operation;

/** Whom a path is about: `/me`, or an object id or user principal name. */
export function subjectOf({ caller, req }: Call): Person {
  const { owner } = req.params;
  if (owner !== undefined) return personNamed(owner) ?? noSuchResource(owner);
  return caller.kind === 'user'
    ? caller.person
    : badRequest('/me request is only valid with delegated authentication flow.');
}

export function personNamed(idOrName: string): Person | undefined {
  const wanted = idOrName.toLowerCase();
  return (
    directoryPerson(wanted) ??
    homePeople().find(({ userPrincipalName }) => userPrincipalName.toLowerCase() === wanted)
  );
}
