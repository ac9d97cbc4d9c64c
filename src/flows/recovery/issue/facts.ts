import { day } from '../../../base/clock.js';
import { isAppError } from '../../../base/errors.js';
import { managerOf, userById } from '../../../graph/directory.js';
import type { GraphReader } from '../../../graph/graph.js';
import {
  groupIdsOf,
  type Pass,
  passesOf,
  privilegeOf,
  type TapPolicy,
  tapPolicy,
} from '../../../graph/recovery/recovery.js';
import type { CardRow } from '../../../store/schema.js';
import { cardFacts } from '../../known-card.js';
import type { HouseServices, Turn } from '../../turn.js';
import { type Case, casesSince } from '../cases.js';
import { deniedIn } from '../changes/rows.js';
import type { Flags } from '../checks/flags.js';
import { mayMakePass } from '../who/issuers.js';
import { freshFlags } from './fresh-flags.js';
import type { IssueFacts } from './rules.js';

export interface ReadFacts extends IssueFacts {
  readonly passes: readonly Pass[];
  /** As they are now: the card that comes back names what stops the pass. */
  readonly flags: Flags;
}

/** All of it as it is at the press: between the card and now somebody may have got a role, or lost one. */
export async function readFacts(turn: Turn, card: CardRow, one: Case, replaces: string): Promise<ReadFacts> {
  const { services, actor, reference } = turn;
  const reader = services.graph.reader(reference);
  // First: where this needs a sign-in it is asked for before anything else is read, and not after all of it.
  const passes = await passesSeen(turn, one.subject);
  const privilege = privilegeOf(reader, one.subject).then(({ privileged }) => privileged);
  const tap = tapPolicy(reader);
  const now = services.clock.now().getTime();
  const [me, subject, privileged, holdsRole, flags, policy, groups, earlier, denied, manager] =
    await Promise.all([
      userById(reader, actor.objectId),
      userById(reader, one.subject),
      privilege,
      privilege.then((privileged) => mayMakePass(reader, actor.objectId, privileged)),
      freshFlags(turn, one),
      tap,
      tap.then((found) => groupsNamed(reader, found, one.subject)),
      earlierPasses(services, one, now),
      deniedIn(services, one.id),
      managerOf(reader, one.subject),
    ]);
  return {
    capability: services.policy.flows.recovery,
    recovery: services.policy.recovery,
    card: cardFacts(turn, card),
    me: { id: actor.objectId, guest: me.guest },
    holdsRole,
    one,
    changedBy: denied.map(({ by_id: by }) => by),
    manager: manager?.id ?? '',
    subject,
    privileged,
    flags,
    tap: policy,
    groups,
    passes,
    replaces,
    ...earlier,
    now,
  };
}

/** Whoever may not even look has no role either, and is told so by the rules. */
async function passesSeen({ graph }: Turn, person: string): Promise<readonly Pass[]> {
  try {
    return await passesOf(graph, person);
  } catch (error) {
    if (isAppError(error) && error.code === 'graph.forbidden') return [];
    throw error;
  }
}

/** Only where the policy names groups. */
async function groupsNamed(
  reader: GraphReader,
  { includes, excludes }: TapPolicy,
  person: string,
): Promise<readonly string[]> {
  const named = [...includes, ...excludes].some((id) => id.toLowerCase() !== 'all_users');
  return named ? groupIdsOf(reader, person) : [];
}

/** As long as a case lives: its passes may be of today though it was opened long ago. */
const casesMs = 60 * day;

async function earlierPasses(services: HouseServices, one: Case, now: number) {
  const others = (await casesSince(services, now - casesMs, { subject: one.subject })).filter(
    ({ id }) => id !== one.id,
  );
  const shown = [one, ...others].flatMap(shownAt);
  return {
    // What nobody saw opened nothing.
    passesToday: shown.filter((at) => at > now - day).length,
    otherPasses: others.flatMap(shownAt),
  };
}

/** When the passes of a case were made that somebody has seen. */
function shownAt({ about, pass }: Case): readonly number[] {
  return [...new Set([...(about.shown ?? []), ...(pass?.shown === true ? [pass.madeAt] : [])])];
}
