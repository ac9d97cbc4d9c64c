import { z } from 'zod/v4';
import { record } from '../audit/record.js';
import type { ErrorKind } from '../base/errors.js';
import type { Outcome, Request } from './flow.js';
import type { HouseServices, Turn } from './turn.js';

export interface Refusal {
  readonly reference: string;
  readonly code: string;
  readonly basis: readonly string[];
}

/** Every click that was turned away leaves one line; what it tried to send does not, because it may be anything. */
export function recordRefusal(
  services: HouseServices,
  { actor, command }: Pick<Request, 'actor' | 'command'>,
  { reference, code, basis }: Refusal,
): Promise<void> {
  const ref = z.object({ ref: z.string().max(64) }).safeParse(command.data);
  return services.store.write((tx) =>
    record(tx, services.clock, {
      kind: 'click.refused',
      actor: actor.objectId,
      item: ref.success ? `card:${ref.data.ref}` : 'card:unknown',
      reference,
      data: { verb: command.verb.slice(0, 64), code, basis },
    }),
  );
}

/** A rule said no: first one line in the record, then either the card that shows how things stand or a plain sentence. */
export async function refused(
  turn: Turn,
  ref: string,
  why: { readonly code: string; readonly basis: readonly string[]; readonly says: ErrorKind },
  card: () => Promise<Outcome | undefined>,
): Promise<Outcome> {
  const { code, basis } = why;
  const command = { verb: turn.verb, data: { ref } };
  const { reference } = turn;
  await recordRefusal(turn.services, { actor: turn.actor, command }, { reference, code, basis });
  return (await card()) ?? { kind: 'notice', text: `${why.says.says} ${why.says.next}` };
}
