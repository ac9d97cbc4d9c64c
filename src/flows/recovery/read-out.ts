import { z } from 'zod/v4';
import { flowError } from '../errors.js';
import { type Outcome, verb } from '../flow.js';
import { knownCard } from '../known-card.js';
import { issueCard } from './cards/issue-card.js';
import { caseOf, changeCase, isOpen } from './cases.js';
import { issueKind } from './follow/card-rows.js';
import { endReading } from './issue/being-read.js';

/** The code was read out: it leaves the screen, and the case comes back to it. */
export const readOut = verb({
  name: 'recovery.read-out',
  scopes: [],
  input: z.strictObject({ ref: z.string().max(64) }),
  async run({ services, actor, reference, ...turn }, { ref }): Promise<Outcome> {
    const row = await knownCard({ services, actor, reference, ...turn }, ref, [issueKind]);
    const one = await caseOf(services, row);
    if (one === undefined) throw flowError('flows.unknown-card');
    const by = { actor: actor.objectId, reference, seen: { readOut: one.pass?.id ?? '' } };
    const after = await services.store.write(async (tx) => {
      await endReading(tx, ref);
      return changeCase(tx, services, one.id, by, (now) =>
        isOpen(now) && now.pass?.shown === true && now.issuer === actor.objectId ? {} : undefined,
      );
    });
    services.wake();
    const reader = { person: actor.objectId, ref, mri: '' };
    return { kind: 'card', card: await issueCard(services, after ?? one, reader), ref };
  },
});
