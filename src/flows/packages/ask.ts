import { z } from 'zod/v4';
import { myRequests } from '../../graph/entitlement.js';
import { reasonProblem } from '../../policy/reason.js';
import type { CardRow } from '../../store/schema.js';
import { carryOut } from '../carry-out.js';
import { type Outcome, verb } from '../flow.js';
import { knownCard } from '../known-card.js';
import { refused } from '../refused.js';
import type { Turn } from '../turn.js';
import { askEffect } from './ask/effect.js';
import { type AskReading, readAskFacts } from './ask/facts.js';
import { formCard } from './ask/form-card.js';
import { decideAsk } from './ask/rules.js';
import { statusCard } from './cards/status-card.js';
import { packagesError, saysOf } from './errors.js';
import { itemId } from './offers.js';
import { openStatus } from './status/open-status.js';

/** Sends the form to Entra in the asking person's own name. */
export const ask = verb({
  name: 'packages.ask',
  scopes: ['EntitlementMgmt-SubjectAccess.ReadWrite'],
  input: z.object({ ref: z.string().max(64), reason: z.string().max(4000).default('') }),
  async run(turn, { ref, reason }): Promise<Outcome> {
    const row = await knownCard(turn, ref, ['packages.ask', 'packages.status']);
    if (row.kind === 'packages.status') return becameStatus(turn, row);
    const reading = await readAskFacts(turn, row, reason.trim());
    const decision = decideAsk(reading.facts);
    if (decision.kind === 'permit') return carryOut(turn, decision, askEffect, ref);
    const why = { ...decision, says: saysOf(decision.code) };
    return refused(turn, ref, why, () => cardFor(turn, ref, reading, decision.code));
  },
});

/** The form was sent before, from this device or another: it shows what became of it. */
async function becameStatus(turn: Turn, row: CardRow): Promise<Outcome> {
  const request = (await myRequests(turn.graph)).find(({ id }) => id === itemId(row));
  if (request === undefined) throw packagesError('packages.not-shown');
  return { kind: 'card', card: statusCard(turn.services.tenantId, request), ref: row.ref };
}

async function cardFor(
  turn: Turn,
  ref: string,
  { facts, request }: AskReading,
  code: string,
): Promise<Outcome | undefined> {
  if (code === 'packages.asked-already' && request !== undefined) {
    return openStatus(turn, request);
  }
  if (code !== 'packages.reason' || facts.requirement === undefined) return undefined;
  const problem = reasonProblem(facts.tier, facts.reason) ?? saysOf(code).says;
  const { packageId, reason } = facts;
  const form = { packageId, policyId: facts.requirement.policyId, ref, reason, problem, others: [] };
  return { kind: 'card', card: await formCard(turn.services, form), ref };
}
