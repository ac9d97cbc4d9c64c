import { managerChangedSince, methodsOf, signInsOf } from '../../../graph/recovery/recovery.js';
import type { HouseServices } from '../../turn.js';
import { type Case, casesSince } from '../cases.js';
import { inWrongHands } from '../clean-up/in-wrong-hands.js';
import { type Flags, flagsFrom } from './flags.js';

/**
 * Read with the bot's own rights: three calls of the five in ten seconds that logs and methods share. So this is done
 * when a case is opened and when a pass is to be made, and not for every picture. Never fails: what could not be read
 * is named.
 */
export async function readFlags(services: HouseServices, one: Case): Promise<Flags> {
  const { policy, clock, graph, ids } = services;
  const { flagsLookBack, managerChangedWithin } = policy.recovery;
  const now = clock.now().getTime();
  const reference = ids.guid();
  const reader = graph.reader(reference);
  const tried = async <Read>(what: string, reading: Promise<Read>): Promise<Read | undefined> => {
    try {
      return await reading;
    } catch (error) {
      services.log.warn({ error, reference, what }, 'a sign that stops a recovery could not be looked for');
      return undefined;
    }
  };
  const [managerChangedAt, signIns, methods, cases] = await Promise.all([
    tried(
      'manager',
      managerOrNot(managerChangedSince(reader, one.subject, new Date(now - managerChangedWithin))),
    ),
    tried('sign-ins', signInsOf(reader, one.subject, new Date(now - flagsLookBack))),
    tried('methods', methodsOf(reader, one.subject)),
    casesSince(services, now - flagsLookBack, { subject: one.subject }),
  ]);
  return flagsFrom({
    now,
    subject: one.subject,
    openedBy: one.opened_by,
    starter: one.kind === 'starter',
    openedAt: one.opened_at,
    lookBack: flagsLookBack,
    managerChangedAt,
    signIns,
    methods,
    // What was taken back says nothing, unless a thief could have taken it back.
    earlier: cases
      .filter(({ id, opened_at }) => id !== one.id && opened_at <= one.opened_at)
      .filter((earlier) => earlier.state !== 'withdrawn' || inWrongHands(earlier))
      .map(({ opened_at }) => opened_at),
  });
}

async function managerOrNot(changed: Promise<Date | undefined>): Promise<Date | 'not'> {
  return (await changed) ?? 'not';
}
