import { z } from 'zod/v4';
import { record } from '../../audit/record.js';
import { type Outcome, verb } from '../flow.js';
import { changeCard } from './cards/change-card.js';
import { readAnswer, refuseAnswer } from './changes/answer.js';
import { answerChange, changeById, changeItemOf } from './changes/rows.js';
import { decideMine } from './changes/rules.js';

/** “Yes, that was me”: it is written down, and nobody has to do anything. */
export const mine = verb({
  name: 'recovery.mine',
  scopes: [],
  input: z.object({ ref: z.string().max(64) }),
  async run(turn, { ref }): Promise<Outcome> {
    const { services, actor, reference } = turn;
    const { change, facts } = await readAnswer(turn, ref);
    const decision = decideMine(facts);
    if (decision.kind === 'refuse') return refuseAnswer(turn, change, ref, decision);
    const { change: id } = decision.permit.args;
    await services.store.write(async (tx) => {
      const answered = await answerChange(tx, services, id, { answer: 'mine' });
      if (answered === undefined) return;
      await record(tx, services.clock, {
        kind: 'item.changed',
        actor: actor.objectId,
        item: changeItemOf(id),
        reference,
        data: { from: change.answer, to: 'mine', seen: { what: change.about.what, by: change.by_id } },
      });
    });
    const now = (await changeById(services, id)) ?? change;
    return { kind: 'card', card: changeCard(services, now, { ref }), ref };
  },
});
