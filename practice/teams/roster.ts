import type { Router } from '../http/router.js';
import type { Person } from '../world/people.js';
import { personAddress, personByAddress } from './addresses.js';
import { memberNotFound } from './connector-errors.js';
import type { Gate } from './connector-gate.js';

/** Who is in a chat. The bot itself is never listed. */
export function rosterRoutes(router: Router, gate: Gate): void {
  const chat = '/v3/conversations/:chat';
  const everybody = gate.reads((_req, person) => ({ status: 200, body: [member(person)] }));
  router.on('GET', `${chat}/members`, everybody);
  router.on('GET', `${chat}/activities/:activity/members`, everybody);
  router.on(
    'GET',
    `${chat}/pagedmembers`,
    gate.reads((_req, person) => ({ status: 200, body: { members: [member(person)] } })),
  );
  router.on(
    'GET',
    `${chat}/members/:member`,
    gate.reads((req, person) => {
      const asked = personByAddress(req.params.member ?? '');
      return asked === person ? { status: 200, body: member(person) } : memberNotFound;
    }),
  );
}

// The real roster says objectId in one call and aadObjectId in another; libraries read either.
function member(person: Person): object {
  const [givenName, ...surnames] = person.displayName.split(' ');
  return {
    id: personAddress(person),
    name: person.displayName,
    objectId: person.id,
    aadObjectId: person.id,
    givenName,
    surname: surnames.join(' '),
    email: person.mail,
    userPrincipalName: person.userPrincipalName,
    tenantId: person.tenantId,
    userRole: person.userType === 'Guest' ? 'guest' : 'user',
  };
}
