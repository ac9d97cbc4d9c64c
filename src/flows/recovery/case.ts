import { z } from 'zod/v4';
import { flowError } from '../errors.js';
import { type Outcome, verb } from '../flow.js';
import { maySeeBoard } from './board/access.js';
import { issueCard } from './cards/issue-card.js';
import { caseById, isOpen } from './cases.js';
import { recoveryError } from './errors.js';
import { issueKind, openCaseRow } from './follow/card-rows.js';

/** A case from the board, on a card of one's own: it stays true like the cards of those who were asked. */
export const openFromBoard = verb({
  name: 'recovery.case',
  scopes: [],
  input: z.object({ case: z.string().max(64) }),
  async run(turn, input): Promise<Outcome> {
    const { services, actor } = turn;
    if (services.policy.flows.recovery === 'off') throw flowError('flows.off');
    if (!(await maySeeBoard(turn))) throw recoveryError('recovery.no-board');
    const one = await caseById(services, input.case);
    if (one === undefined || !isOpen(one)) throw recoveryError('recovery.closed');
    if (one.subject === actor.objectId) throw recoveryError('recovery.own-case');
    const person = actor.objectId;
    const { ref } = await services.store.write((tx) =>
      openCaseRow(tx, services, one, { kind: issueKind, person }),
    );
    return { kind: 'card', card: await issueCard(services, one, { person, ref, mri: '' }), ref };
  },
});
