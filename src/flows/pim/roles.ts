import { z } from 'zod/v4';
import { day } from '../../base/clock.js';
import type { Asked, Eligibility } from '../../graph/pim/activating.js';
import type { FavouriteRow } from '../../store/schema.js';
import { type Outcome, verb } from '../flow.js';
import { portalRoles } from '../links.js';
import type { HouseServices, Turn } from '../turn.js';
import { nothingTyped } from './ask/form-card.js';
import type { RolesView } from './cards/views.js';
import { takeIn } from './follow/take-in.js';
import { formFor } from './form.js';
import { leftText } from './lasts.js';
import { isOf, isUnderWay, type MyRoles, readMyRoles } from './my-roles.js';
import { minutesSaid } from './said.js';
import { readMineScopes } from './scopes.js';
import { isForEmergencies, sameTarget, targetData, targetView } from './target.js';
import { words } from './words.js';

/** All rows together: more would be too large for Teams where names are long. */
const shownAtMost = 10;
const mineAtMost = 4;
/** From then on Entra lets people ask for their eligibility to be extended. */
const endsSoon = 14 * day;

/** What I have, what I asked for and what I could activate, of all kinds in one list. */
export const roles = verb({
  name: 'pim.roles',
  scopes: readMineScopes,
  input: z.union([
    z.strictObject({ said: z.string().max(500) }),
    z.object({ query: z.string().max(500).default('') }),
  ]),
  async run(turn, input): Promise<Outcome> {
    if ('query' in input) return rolesCard(turn, input.query);
    const mine = await readMyRoles(turn);
    const [meant, ...others] = meantBy(mine, input.said);
    // One thing can be meant: its form is one step nearer than a list of one.
    if (meant !== undefined && others.length === 0 && turn.services.policy.flows.pim === 'act') {
      const minutes = minutesSaid(input.said);
      return formFor(turn, meant, minutes === undefined ? nothingTyped : { ...nothingTyped, minutes });
    }
    return listCard(turn, mine, words(input.said).join(' '));
  },
});

export async function rolesCard(turn: Turn, query: string): Promise<Outcome> {
  return listCard(turn, await readMyRoles(turn), query);
}

async function listCard(turn: Turn, mine: MyRoles, query: string): Promise<Outcome> {
  const { services } = turn;
  const favourites = await favouritesOf(turn);
  const could = ranked(free(mine, query), favourites);
  const [active, waiting] = await Promise.all([activeRows(turn, mine), waitingRows(turn, mine)]);
  const shown = { active: active.slice(0, mineAtMost), waiting: waiting.slice(0, mineAtMost) };
  const room = shownAtMost - shown.active.length - shown.waiting.length;
  const view: RolesView = {
    query: query.trim(),
    ...shown,
    moreMine: active.length + waiting.length - shown.active.length - shown.waiting.length,
    eligible: could.slice(0, room).map((role) => eligibleRow(services, role, favourites)),
    more: Math.max(0, could.length - room),
    // One at most: two fields of the same name on one card would be one.
    atOnce: could
      .filter((role) => isForEmergencies(services.policy, role))
      .slice(0, 1)
      .map((role) => ({ target: targetView(services, { ...role, does: '' }), role: targetData(role) })),
    missing: mine.missing,
    canAct: services.policy.flows.pim === 'act',
    portalUrl: portalRoles('role'),
  };
  return { kind: 'card', card: { template: 'pim/roles', view } };
}

/** What a sentence names in full (“exchange admin, to reset a mailbox”), or else what fits all of its words. */
function meantBy(mine: MyRoles, said: string): readonly Eligibility[] {
  const all = words(said);
  if (all.length === 0) return [];
  const named = free(mine, '').filter(({ name }) => words(name).every((word) => all.includes(word)));
  return named.length > 0 ? named : free(mine, said);
}

/** What fits what was written, by its name if anything does, else by its place too; nothing written means everything. */
function fitting(all: readonly Eligibility[], query: string): readonly Eligibility[] {
  const asked = words(query);
  const among = (textOf: (role: Eligibility) => string): readonly Eligibility[] =>
    all.filter((role) => {
      const has = words(textOf(role));
      return asked.every((word) => has.some((each) => each.startsWith(word)));
    });
  const byName = among(({ name }) => name);
  return byName.length > 0 ? byName : among(({ name, scopeName }) => `${name} ${scopeName}`);
}

/** What could be activated now: what is active or asked for stands further up on the card already. */
function free(mine: MyRoles, query: string): readonly Eligibility[] {
  return fitting(mine.eligible, query).filter(
    (role) =>
      !mine.held.some((each) => sameTarget(each, role)) &&
      !mine.asked.some((each) => isUnderWay(each) && sameTarget(each.target, role)),
  );
}

/** Favourites first, then by name. */
function ranked(could: readonly Eligibility[], favourites: readonly FavouriteRow[]): readonly Eligibility[] {
  const first = (role: Eligibility): number => (isFavourite(role, favourites) ? 0 : 1);
  return [...could].sort((a, b) => first(a) - first(b) || a.name.localeCompare(b.name));
}

function eligibleRow(
  services: HouseServices,
  role: Eligibility,
  favourites: readonly FavouriteRow[],
): RolesView['eligible'][number] {
  const until = role.until ?? '';
  const left = Date.parse(until) - services.clock.now().getTime();
  return {
    target: targetView(services, { ...role, does: role.description }),
    role: targetData(role),
    favourite: isFavourite(role, favourites),
    throughGroup: role.throughGroup,
    until,
    endsSoon: until !== '' && left < endsSoon,
  };
}

async function activeRows(turn: Turn, { held, asked }: MyRoles): Promise<RolesView['active']> {
  const { services } = turn;
  const now = services.clock.now().getTime();
  // What ends comes first: that is what somebody may have to act on.
  const ending = [...held].sort((a, b) => Number(b.activated) - Number(a.activated));
  const rows = ending.map(async (holding) => {
    const request = asked.find((each) => isOf(each, holding));
    const row = request === undefined ? undefined : await takeIn(services, request);
    const endsAt = holding.endsAt ?? '';
    return {
      target: targetView(services, { ...holding, does: '' }),
      activation: holding.activated ? (row?.id ?? '') : '',
      endsAt,
      left: endsAt === '' ? '' : leftText(Date.parse(endsAt), now),
    };
  });
  return Promise.all(rows);
}

async function waitingRows({ services }: Turn, { asked }: MyRoles): Promise<RolesView['waiting']> {
  const rows = asked.filter(isUnderWay).map(async (request) => {
    const row = await takeIn(services, request);
    return {
      target: targetView(services, { ...request.target, ...namesOf(request), does: '' }),
      activation: row.id,
      state: request.state === 'waiting' ? ('asked' as const) : ('scheduled' as const),
      startsAt: request.startsAt ?? '',
    };
  });
  return Promise.all(rows);
}

function namesOf({ name, scopeName }: Asked) {
  return { name, scopeName };
}

function favouritesOf({ services, actor }: Turn): Promise<readonly FavouriteRow[]> {
  return services.store.db
    .selectFrom('favourites')
    .selectAll()
    .where('person', '=', actor.objectId)
    .execute();
}

function isFavourite(role: Eligibility, favourites: readonly FavouriteRow[]): boolean {
  const key = (kind: string, id: string, scope: string): string => `${kind} ${id} ${scope}`.toLowerCase();
  return favourites.some(
    ({ kind, target, scope }) => key(kind, target, scope) === key(role.kind, role.id, role.scope),
  );
}
