import type { Definition } from '../world/reviews/definition.js';
import { type Instance, indexesOf, type Round } from '../world/reviews/instance.js';
import { refuseReviewer } from '../world/reviews/record.js';
import { contactedIn, reviewerTest } from '../world/reviews/reviewers.js';
import { scopeOf } from '../world/reviews/scope.js';
import { instancesOf } from '../world/reviews/state.js';
import { roles } from '../world/roles.js';
import type { Call } from './call.js';

const governance = ['Identity Governance Administrator', 'Privileged Role Administrator'];
const readers = [
  ...['Global Reader', 'Security Reader', 'Security Administrator', 'User Administrator'],
  ...governance,
];
const writers = ['User Administrator', 'Identity Governance Administrator'];

/** The app reads what its permission says; a person needs a role of the directory as well. */
export function readsEverything(call: Call): boolean {
  return call.caller.kind === 'app' || holdsOneOf(call, readers);
}

export function administers(call: Call, definition: Pick<Definition, 'scope'>): boolean {
  if (call.caller.kind === 'app') return true;
  return holdsOneOf(call, scopeOf(definition)?.kind === 'role' ? governance : writers);
}

export function mustAdminister(call: Call, definition: Pick<Definition, 'scope'>): void {
  if (!administers(call, definition)) refuseReviewer();
}

/** Whether the caller is asked in a round, about anything in it. */
export function isAsked(call: Call, definition: Definition, instance: Instance, round: Round): boolean {
  const { caller, ctx } = call;
  if (caller.kind === 'app' || instance.status === 'Initializing') return false;
  return contactedIn(ctx.tenant.holdings, definition, instance, round).includes(caller.person.id);
}

export function isAskedIn(call: Call, definition: Definition, instance: Instance): boolean {
  return instance.rounds.some((round) => isAsked(call, definition, instance, round));
}

export function isAskedAbout(call: Call, definition: Definition): boolean {
  const { reviews } = call.ctx.tenant;
  return instancesOf(reviews.state(), definition.id).some((each) => isAskedIn(call, definition, each));
}

/** Positions of the items of a round that the caller is to decide. */
export function ownIndexes(
  call: Call,
  definition: Definition,
  instance: Instance,
  round: Round,
): readonly number[] {
  const { caller, ctx } = call;
  if (caller.kind === 'app' || instance.status === 'Initializing') return [];
  const mine = reviewerTest(ctx.tenant.holdings, definition, instance, round);
  return indexesOf(instance, round).filter((index) => mine(index, caller.person.id));
}

function holdsOneOf({ caller, ctx }: Call, names: readonly string[]): boolean {
  if (caller.kind === 'app') return false;
  return roles
    .filter(({ displayName }) => names.includes(displayName))
    .some(({ id }) => ctx.tenant.holdings.roleHolders(id).some((holder) => holder.id === caller.person.id));
}
