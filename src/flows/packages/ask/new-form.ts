import { day } from '../../../base/clock.js';
import { openCard } from '../../../jobs/cards.js';
import type { CardRow } from '../../../store/schema.js';
import type { Turn } from '../../turn.js';
import { isMe, type Target } from './ways.js';

const formLives = 7 * day;

/** One open form a person and package: asking again brings the same one back, so two forms cannot both be sent. */
export async function newForm(turn: Turn, packageId: string, target: Target): Promise<string> {
  const { services, actor } = turn;
  const mine = `packages.ask:${packageId}:${actor.objectId}`;
  const row = await services.store.write((tx) =>
    openCard(tx, services, {
      flow: 'packages',
      kind: 'packages.ask',
      item: `accessPackage:${packageId}`,
      person: actor.objectId,
      purpose: isMe(turn, target) ? mine : `${mine}:${target.id}`,
      expiresAt: new Date(services.clock.now().getTime() + formLives),
    }),
  );
  return row.ref;
}

/** For whom a form was made; undefined: whoever has it. Kept here and not on the card, where it could be changed. */
export function personOfForm({ purpose }: CardRow): string | undefined {
  return purpose.split(':')[3];
}
