import { z } from 'zod/v4';
import { type Outcome, verb } from '../flow.js';
import { myAccess } from '../links.js';
import { refused } from '../refused.js';
import type { Turn } from '../turn.js';
import { type BulkReading, readBulk } from './bulk/facts.js';
import { type BulkKind, bulkBlocked, bulkReasonNeeded } from './bulk/rules.js';
import { lookBackDays } from './cards/item-views.js';
import { overCard } from './cards/over-card.js';
import { subjectLine } from './cards/packet-card.js';
import type { BulkView } from './cards/person-views.js';
import { saysOf } from './errors.js';
import { type Reading, readReview } from './facts.js';
import { changePacket } from './packets.js';
import { signInView } from './person-facts.js';
import { blockedFor } from './rules.js';
import { nothingSaid, scopes, showAt } from './show.js';
import { shownText } from './shown.js';

const namedAtMost = 15;

/** Asks before many are decided with one press: who they are, how many, and what for. */
export const bulk = verb({
  name: 'reviews.bulk',
  scopes,
  input: z.strictObject({ ref: z.string().max(64), kind: z.enum(['remove', 'keep']) }),
  async run(turn, { ref, kind }): Promise<Outcome> {
    const reading = await readReview(turn, ref);
    const no = blockedFor(reading.facts) ?? bulkBlocked(kind, reading.facts);
    if (no?.kind === 'refuse') return bulkRefused(turn, reading, no);
    const asked = await readBulk(turn, reading, kind, { seen: '', reason: '' });
    if (asked.people.length === 0) {
      const { says, next } = saysOf('reviews.nothing-left');
      return showAt(turn, reading, { mode: 'home', skip: 0 }, { ...nothingSaid, problem: `${says} ${next}` });
    }
    return bulkQuestion(turn, reading, asked, { kind, problem: '' });
  },
});

export async function bulkRefused(
  turn: Turn,
  reading: Reading,
  { code, basis }: { readonly code: string; readonly basis: readonly string[] },
): Promise<Outcome> {
  const { ref } = reading;
  const says = saysOf(code);
  return refused(turn, ref, { code, basis, says }, async () => {
    if (code === 'reviews.over') return { kind: 'card', card: overCard(turn.services, reading), ref };
    if (code.startsWith('flows.')) return undefined;
    const problem = `${says.says} ${says.next}`;
    return showAt(turn, reading, { mode: 'home', skip: 0 }, { ...nothingSaid, problem });
  });
}

/** The people named on it are what its reader looks at: news about others does not take the question away. */
export async function bulkQuestion(
  turn: Turn,
  { ref, about, definition }: Reading,
  { people, more, seen, facts }: BulkReading,
  { kind, problem }: { readonly kind: BulkKind; readonly problem: string },
): Promise<Outcome> {
  const named = people.slice(0, namedAtMost);
  await changePacket(turn.services, ref, { mode: 'home', shown: shownText(named) });
  const view: BulkView = {
    ref,
    kind,
    seen,
    review: about.review,
    subject: subjectLine(turn.services, about),
    count: people.length,
    more,
    names: named.map((item) => ({ name: item.principal.name, ...signInView(item) })),
    unnamed: Math.max(0, people.length - namedAtMost),
    lookBackDays: lookBackDays(definition.settings.lookBack),
    reasonNeeded: bulkReasonNeeded(kind, facts),
    reasonAtLeast: facts.tier.reason.atLeast,
    typed: facts.reason,
    problem,
    portalUrl: myAccess(turn.services.tenantId, 'access-reviews'),
  };
  return { kind: 'card', card: { template: 'reviews/bulk', view }, ref };
}
