import { z } from 'zod/v4';
import { type Outcome, verb } from '../flow.js';
import { changeCase, isOpen } from './cases.js';
import { pickCard } from './clean-up/pick.js';
import { readCleanUp } from './clean-up/read-facts.js';
import { removePicked } from './clean-up/remove-picked.js';
import { whyNoRemoval } from './clean-up/rules.js';
import { removeScopes } from './clean-up/scopes.js';
import { refuseCleanUp, showHelperCard } from './clean-up/show-helper-card.js';
import { saysOf } from './errors.js';

/** More than anybody has registered. */
const pickedAtMost = 40;

/**
 * Takes away what was lost: first a list of what there is, then what was picked from it. The list is read at the press
 * and not for every picture, because how people sign in may be read five times in ten seconds only.
 */
export const remove = verb({
  name: 'recovery.remove',
  scopes: removeScopes,
  input: z.object({
    ref: z.string().max(64),
    step: z.enum(['list', 'remove', 'none']).default('list'),
    methods: z.string().max(8000).default(''),
  }),
  async run(turn, { ref, step, methods }): Promise<Outcome> {
    const found = await readCleanUp(turn, ref);
    const { one, row, facts } = found;
    const code = whyNoRemoval(facts);
    if (code !== undefined) return refuseCleanUp(turn, one, row, { code, basis: [] });
    if (step === 'list') return { kind: 'card', card: await pickCard(turn, one, ref), ref };
    if (step === 'none') {
      const { services, actor, reference } = turn;
      const by = { actor: actor.objectId, reference, seen: { gone: 'nothing' } };
      await services.store.write((tx) =>
        changeCase(tx, services, one.id, by, (now) =>
          isOpen(now) && now.cleaned === 0 ? { cleaned: 1 } : undefined,
        ),
      );
      services.wake();
      return showHelperCard(turn, one, row);
    }
    const picked = [...new Set(methods.split(',').map((id) => id.trim()))].filter((id) => id !== '');
    if (picked.length > 0) return removePicked(turn, { ...found, picked: picked.slice(0, pickedAtMost) });
    const { says, next } = saysOf('recovery.none-picked');
    return { kind: 'card', card: await pickCard(turn, one, ref, `${says} ${next}`), ref };
  },
});
