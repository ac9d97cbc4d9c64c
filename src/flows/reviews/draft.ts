import { z } from 'zod/v4';
import { day } from '../../base/clock.js';
import { openCard } from '../../jobs/cards.js';
import type { CardRow } from '../../store/schema.js';
import { type Outcome, verb } from '../flow.js';
import { refused } from '../refused.js';
import type { Turn } from '../turn.js';
import { saysOf } from './errors.js';
import { draftCard } from './plan/cards.js';
import { readPlanFacts } from './plan/facts.js';
import { draftReview } from './plan/rules.js';

const draftLivesMs = 30 * day;

/** A review of this group, ready to be made, as a preview: nothing is changed yet. */
export const draft = verb({
  name: 'reviews.draft',
  scopes: ['AccessReview.ReadWrite.All'],
  input: z.strictObject({ group: z.guid().transform((id) => id.toLowerCase()) }),
  async run(turn, { group }): Promise<Outcome> {
    const { facts } = await readPlanFacts(turn, group);
    const drafted = draftReview(facts);
    if (drafted.kind === 'refuse') {
      return refused(turn, '', { ...drafted, says: saysOf(drafted.code) }, async () => undefined);
    }
    const { ref } = await openDraft(turn, group);
    const card = draftCard(drafted.ready, { tier: facts.tier.name, seen: drafted.seen, problem: '' });
    return { kind: 'card', card, ref };
  },
});

/** One draft a group and person: it is this card that shows what became of it. */
function openDraft({ services, actor }: Turn, group: string): Promise<CardRow> {
  return services.store.write((tx) =>
    openCard(tx, services, {
      flow: 'reviews',
      kind: 'reviews.draft',
      item: `reviewPlan:${group}`,
      person: actor.objectId,
      purpose: draftPurpose(group, actor.objectId),
      expiresAt: new Date(services.clock.now().getTime() + draftLivesMs),
    }),
  );
}

export function draftPurpose(group: string, person: string): string {
  return `reviews.draft:${group}:${person}`;
}
