import { second } from '../../../base/clock.js';
import { isAppError } from '../../../base/errors.js';
import type { GraphAs } from '../../../graph/graph.js';
import type { Asked, Wish } from '../../../graph/pim/activating.js';
import { activatingOf } from '../../../graph/pim/kinds.js';
import type { HouseServices } from '../../turn.js';
import { meaningOf } from '../errors.js';
import { sameTarget } from '../target.js';
import type { AskArgs } from './rules.js';
import { endEarlier } from './sent.js';

/** A request of this person for this role that Entra did not know before the click. */
export async function newest(graph: GraphAs, asked: AskArgs): Promise<Asked | undefined> {
  const mine = await activatingOf(asked.kind).mine(graph);
  return mine.find(
    (request) =>
      request.action === 'activate' && sameTarget(request.target, asked) && !asked.known.includes(request.id),
  );
}

export function wishOf(asked: AskArgs): Wish {
  const { kind, id, scope, personId, reason, system, number, minutes, startsAt, scheduleId, requestId } =
    asked;
  return {
    kind,
    id,
    scope,
    principalId: personId,
    reason,
    ticket: number === '' ? undefined : { system, number },
    minutes,
    startsAt: startsAt === '' ? undefined : startsAt,
    scheduleId,
    requestId,
  };
}

export async function submit(graph: GraphAs, asked: AskArgs, services: HouseServices): Promise<void> {
  const landed = async () => (await newest(graph, asked)) !== undefined;
  for (let tries = asked.renew ? 5 : 1; ; tries -= 1) {
    try {
      await activatingOf(asked.kind).submit(graph, wishOf(asked), landed);
      return;
    } catch (error) {
      // What was ended a moment ago still counts as active for a while.
      const lingers = isAppError(error) && meaningOf(error) === 'pim.active-already';
      if (!lingers || tries <= 1) throw error;
      await services.sleep(4 * second);
    }
  }
}

/**
 * Entra cannot lengthen an activation: it is ended and begun again, and for some seconds its end is still under way.
 * Whoever sent the form was told so.
 */
export async function endFirst(graph: GraphAs, asked: AskArgs, services: HouseServices): Promise<void> {
  const { deactivate, held } = activatingOf(asked.kind);
  const gone = async (): Promise<boolean> =>
    !(await held(graph)).some((each) => each.activated && sameTarget(each, asked));
  if (await gone()) return;
  try {
    await deactivate(graph, wishOf(asked), gone);
  } catch (error) {
    if (!isAppError(error) || meaningOf(error) !== 'pim.not-eligible') throw error;
  }
  for (let look = 0; look < 15 && !(await gone()); look += 1) await services.sleep(2 * second);
  await services.store.write((tx) => endEarlier(tx, services, asked));
  services.wake();
}
