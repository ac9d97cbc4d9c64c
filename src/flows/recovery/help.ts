import { z } from 'zod/v4';
import { userById } from '../../graph/directory.js';
import { type Outcome, verb } from '../flow.js';
import type { Turn } from '../turn.js';
import { helpCard } from './cards/help-card.js';
import { openCaseOf } from './cases.js';
import { findOutcome } from './find.js';
import { caseOutcome } from './open/show-case-card.js';
import { happenings, type Understood, understand } from './words.js';

/** “I cannot sign in”, in whatever words: asks what it takes to open a case, one question at a time. */
export const help = verb({
  name: 'recovery.help',
  scopes: ['User.Read.All'],
  input: z.union([
    z.strictObject({ what: z.enum(happenings) }),
    z.object({ said: z.string().max(500).default('') }),
  ]),
  async run(turn, input): Promise<Outcome> {
    const { services, actor, reference } = turn;
    if (services.policy.flows.recovery !== 'act') return card('portal');
    const me = await userById(services.graph.reader(reference), actor.objectId);
    if (me.guest) return card('guest');
    if ('what' in input) return next(turn, { what: input.what, whose: undefined, name: '' });
    return next(turn, understand(input.said) ?? { what: undefined, whose: undefined, name: '' });
  },
});

async function next(turn: Turn, { what, whose, name }: Understood): Promise<Outcome> {
  // Whoever writes again wants to know how it stands.
  const own = whose === 'other' ? undefined : await openCaseOf(turn.services, turn.actor.objectId);
  if (own !== undefined) return caseOutcome(turn, own);
  if (what === undefined) return card('what');
  if (whose === 'other' || what === 'starter') return findOutcome(turn, { what, name, note: '' });
  return card('whose', what);
}

function card(...of: Parameters<typeof helpCard>): Outcome {
  return { kind: 'card', card: helpCard(...of) };
}
