import { managerOf, type UserInfo } from '../../../graph/directory.js';
import { graphError } from '../../../graph/errors.js';
import type { GraphReader } from '../../../graph/graph.js';
import { belongings } from '../../../graph/membership.js';
import { managerChangedSince } from '../../../graph/recovery/recovery.js';
import type { HouseServices } from '../../turn.js';
import { stillNeeded } from '../attest/needed.js';
import type { Case } from '../cases.js';
import { makersOf } from './issuers.js';
import { peopleAmong } from './people-among.js';

/**
 * Who may still vouch: the manager, whom the policy file names for this person, for privileged people whoever looks
 * after security, and these too where there would be too few. Never the person, whoever made the pass, a guest, nor
 * the only one who could make the pass. With `fresh` nothing is taken from what was read when the case was opened.
 */
export async function attestersOf(
  services: HouseServices,
  one: Case,
  { fresh = false }: { readonly fresh?: boolean } = {},
): Promise<readonly UserInfo[]> {
  const reader = services.graph.reader(services.ids.guid());
  const [managers, named] = await Promise.all([
    managersOf(services, reader, one, fresh),
    namedFor(services, reader, one.subject),
  ]);
  const makers = await makersOf(services, one);
  // With two or more of them one can vouch, and another one can make the pass.
  const only = makers.length === 1 ? makers[0]?.id : undefined;
  const usual = allowed(one, [...managers, ...named], only);
  if (one.privileged === 0 && usual.length >= stillNeeded(services.policy.recovery, one)) return usual;
  const security = await peopleAmong(reader, services.policy.recovery.security);
  return allowed(one, [...usual, ...security], only);
}

function allowed(
  one: Case,
  people: readonly UserInfo[],
  onlyIssuer: string | undefined,
): readonly UserInfo[] {
  const never = [one.subject, one.issuer, onlyIssuer, ...one.attested.map(({ by }) => by)];
  const able = people.filter(({ id, guest, enabled }) => !guest && enabled && !never.includes(id));
  return [...new Map(able.map((user) => [user.id, user])).values()];
}

/** A new manager may be an attacker's work. When a case stalls the manager above is asked too, on the same terms. */
async function managersOf(
  services: HouseServices,
  reader: GraphReader,
  one: Case,
  fresh: boolean,
): Promise<readonly UserInfo[]> {
  if (await isManagerNew(services, reader, one, fresh)) return [];
  const manager = await managerOf(reader, one.subject);
  if (manager === undefined || one.escalated === 0) return manager === undefined ? [] : [manager];
  const above = await managerOf(reader, manager.id);
  if (above === undefined || (await changedLately(services, reader, manager.id))) return [manager];
  return [manager, above];
}

export function isManagerNew(
  services: HouseServices,
  reader: GraphReader,
  one: Case,
  fresh: boolean,
): Promise<boolean> {
  const flags = one.about.flags;
  if (fresh || flags === undefined || flags.unread.includes('manager-changed'))
    return changedLately(services, reader, one.subject);
  return Promise.resolve(flags.found.some(({ name }) => name === 'manager-changed'));
}

async function changedLately({ policy, clock }: HouseServices, reader: GraphReader, person: string) {
  const since = new Date(clock.now().getTime() - policy.recovery.managerChangedWithin);
  return (await managerChangedSince(reader, person, since)) !== undefined;
}

async function namedFor(
  { policy }: HouseServices,
  reader: GraphReader,
  subject: string,
): Promise<readonly UserInfo[]> {
  const { attesters } = policy.recovery;
  if (Object.keys(attesters).length === 0) return [];
  const found = (await belongings(reader, [subject])).get(subject);
  // Nobody vouches for whoever left.
  if (found?.gone === true) return [];
  if (found?.groups === undefined) throw graphError('graph.unavailable');
  const keys = [subject, ...found.groups.map(({ id }) => id)].map((key) => key.toLowerCase());
  return peopleAmong(
    reader,
    keys.flatMap((key) => (Object.hasOwn(attesters, key) ? (attesters[key] ?? []) : [])),
  );
}
