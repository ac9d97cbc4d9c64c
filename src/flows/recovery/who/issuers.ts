import type { UserInfo } from '../../../graph/directory.js';
import type { GraphReader } from '../../../graph/graph.js';
import {
  authenticationAdministrator,
  globalAdministrator,
  holdsRole,
  privilegedAuthenticationAdministrator,
  roleHolders,
} from '../../../graph/recovery/recovery.js';
import type { HouseServices } from '../../turn.js';
import type { Case } from '../cases.js';
import { peopleAmong } from './people-among.js';

const forPrivileged = [privilegedAuthenticationAdministrator, globalAdministrator];
const forAnybody = [authenticationAdministrator, ...forPrivileged];

/**
 * Who is asked to make the pass. For most people that is whoever has the smaller role: those with the greater one are
 * spared until a case stands still.
 */
export async function issuersOf(services: HouseServices, one: Case): Promise<readonly UserInfo[]> {
  const { makers, smaller } = await makersAnd(services, one);
  if (one.privileged === 1 || one.escalated > 0) return makers;
  const first = makers.filter(({ id }) => smaller.has(id));
  return first.length > 0 ? first : makers;
}

/**
 * Who could make the pass: those of the help desk who have the role that it takes for this person. Where nobody has it
 * just now it is all of them, because they may be able to activate it. Never the person themselves, nor whoever vouched
 * for them.
 */
export async function makersOf(services: HouseServices, one: Case): Promise<readonly UserInfo[]> {
  return (await makersAnd(services, one)).makers;
}

interface Makers {
  readonly makers: readonly UserInfo[];
  /** Ids of those who have the smaller role; only read where that is enough. */
  readonly smaller: ReadonlySet<string>;
}

async function makersAnd(services: HouseServices, one: Case): Promise<Makers> {
  const reader = services.graph.reader(services.ids.guid());
  const all = await peopleAmong(reader, services.policy.recovery.helpDesk);
  const attested = one.attested.map(({ by }) => by);
  const eligible = all.filter(
    ({ id, guest, enabled }) => id !== one.subject && !guest && enabled && !attested.includes(id),
  );
  const roles = one.privileged === 1 ? forPrivileged : forAnybody;
  const ids = eligible.map(({ id }) => id);
  const holders = await roleHolders(reader, ids, roles);
  const able = eligible.filter(({ id }) => roles.some((role) => holders.get(role)?.has(id) === true));
  const smaller = holders.get(authenticationAdministrator) ?? new Set<string>();
  return { makers: able.length > 0 ? able : eligible, smaller };
}

/** Has a role that lets them make a pass: for privileged people, or for the others. Entra decides in the end. */
export async function mayMakePass(
  reader: GraphReader,
  personId: string,
  privileged: boolean,
): Promise<boolean> {
  for (const role of privileged ? forPrivileged : forAnybody) {
    if (await holdsRole(reader, personId, role)) return true;
  }
  return false;
}
