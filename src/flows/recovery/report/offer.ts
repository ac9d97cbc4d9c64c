import { day, minute } from '../../../base/clock.js';
import { openCard } from '../../../jobs/cards.js';
import type { CardRow } from '../../../store/schema.js';
import type { Tx } from '../../../store/store.js';
import { knownCard } from '../../known-card.js';
import type { HouseServices, Turn } from '../../turn.js';
import { recoveryError } from '../errors.js';

const kind = 'recovery.report-file';
const goodFor = day;
/** For as long a second delivery of the same yes is taken for what it is. */
const twinsWithin = minute;

interface Taking extends Pick<Turn, 'actor' | 'place'> {
  readonly services: Pick<HouseServices, 'store' | 'clock' | 'ids'>;
}

/** One a person: who asks twice before saying yes has the same offer twice, and takes it once. */
export async function openOffer({ services, actor }: Taking): Promise<string> {
  const row = await services.store.write((tx) =>
    openCard(tx, services, {
      flow: 'recovery',
      kind,
      item: 'report:passkeys',
      person: actor.objectId,
      purpose: `${kind}:${actor.objectId}`,
      expiresAt: new Date(services.clock.now().getTime() + goodFor),
    }),
  );
  return row.ref;
}

/** `taken`: by this very message a moment ago, so this is the same yes once more. Throws for what is no offer to this person. */
export async function offerFor(turn: Turn, ref: string): Promise<'open' | 'taken'> {
  const row = await knownCard(turn, ref, [kind]);
  const now = turn.services.clock.now().getTime();
  if (row.state === 'open' && row.expires_at > now) return 'open';
  if (row.state === 'final' && isTwin(turn, row, now)) return 'taken';
  throw recoveryError('recovery.offer-over');
}

function isTwin({ place }: Turn, row: CardRow, now: number): boolean {
  return row.activity_id === (place.activityId ?? '') && now - row.expires_at < twinsWithin;
}

/** False: somebody else took it in the meantime. It is over with this moment, whatever comes of the file. */
export async function takeOffer(tx: Tx, { services, place }: Taking, ref: string): Promise<boolean> {
  const taken = await tx
    .updateTable('cards')
    .set({
      state: 'final',
      expires_at: services.clock.now().getTime(),
      conversation_id: place.conversationId,
      activity_id: place.activityId ?? '',
    })
    .where('ref', '=', ref)
    .where('state', '=', 'open')
    .executeTakeFirst();
  return taken.numUpdatedRows === 1n;
}
