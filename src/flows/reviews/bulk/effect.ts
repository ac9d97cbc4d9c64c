import { z } from 'zod/v4';
import { record } from '../../../audit/record.js';
import { isAppError } from '../../../base/errors.js';
import { shortReference } from '../../../base/ids.js';
import type { Card } from '../../../cards/card.js';
import { type DecisionInfo, decideMany, decisionById, everyDecision } from '../../../graph/access-review.js';
import type { GraphAs, GraphReader } from '../../../graph/graph.js';
import { changeCard } from '../../../jobs/cards.js';
import { enqueue } from '../../../jobs/enqueue.js';
import { effect } from '../../effect.js';
import { myAccess } from '../../links.js';
import type { HouseServices } from '../../turn.js';
import type { BulkResultView } from '../cards/person-views.js';
import { claimedPlace, placeIn } from '../claimed-place.js';
import { decisionItem } from '../facts.js';
import { followJob } from '../sweep/follow-job.js';
import { bulkItem } from './facts.js';
import type { BulkArgs } from './rules.js';

const text = z.string();
const item = z.object({ id: text, name: text });

const args: z.ZodType<BulkArgs> = z.object({
  ...claimedPlace,
  answer: z.enum(['Approve', 'Deny']),
  reason: text,
  tier: text,
  items: z.array(item),
  seen: text,
});

/** Person by person, by id: recorded as asked, decided by somebody else meanwhile, or not recorded. */
const receipt = z.object({ recorded: z.array(text), others: z.array(text), failed: z.array(text) });

type Receipt = z.infer<typeof receipt>;

export const bulkEffect = effect({
  name: 'reviews.bulk',
  args,
  receipt,
  key: (asked) => ({
    item: bulkItem(asked.instanceId, asked.stageId, asked.by),
    stage: asked.seen,
    action: 'bulk',
  }),
  act: writeAll,
  recorded: async (graph, asked, last) => {
    const found = await resultOf(graph, asked);
    // Those that are missing may only be late; what is still missing at the last look is told as it is.
    return found.failed.length === 0 || last ? found : undefined;
  },
  healed: async (reader, asked) => {
    const found = await resultOf(reader, asked);
    return found.recorded.length === 0 ? undefined : found;
  },
  async settled(tx, services, { args: asked, receipt: result, claim, healed }) {
    for (const id of result.recorded) {
      await record(tx, services.clock, {
        kind: 'item.changed',
        actor: claim.actor_id,
        item: decisionItem(placeIn(asked), id),
        reference: claim.reference,
        data: { from: 'NotReviewed', to: asked.answer, seen: { bulk: claim.item } },
      });
    }
    // Not counted here: a sweep may have seen half of it already, and sees the rest.
    if (healed) {
      // Nobody's process is left to answer: the message that promised the result gets it.
      const { actor_id: viewer, reference } = claim;
      const card = resultCard(services, asked, { state: 'done', result, viewer, reference });
      await changeCard(tx, services.clock, claim.card_ref, card, { force: true });
    }
    const news = { instance: asked.instanceId, except: claim.actor_id };
    await enqueue(tx, services.clock, followJob(news));
  },
  working: (services, asked, { id, reference }) =>
    resultCard(services, asked, { state: 'working', viewer: id, reference }),
  done: (services, asked, result, { id, reference }) =>
    resultCard(services, asked, { state: 'done', result, viewer: id, reference }),
  notDone: async (services, asked, { actor_id, reference }) =>
    resultCard(services, asked, { state: 'not-done', viewer: actor_id, reference }),
});

const together = 20;

/**
 * A look before each handful, and before what was turned away is sent again: whoever was decided about meanwhile, by
 * anybody, is left alone.
 */
async function writeAll(graph: GraphAs, asked: BulkArgs): Promise<void> {
  const problems: unknown[] = [];
  let written = 0;
  for (let start = 0; start < asked.items.length; start += together) {
    const ids = asked.items.slice(start, start + together).map(({ id }) => id);
    const result = await writeSome(graph, asked, ids);
    written += result.written;
    problems.push(...result.problems);
    // Nothing of a whole handful went through: the rest would only meet the same wall.
    if (result.written === 0 && result.problems.length > 0) break;
  }
  if (written === 0 && problems.length > 0 && !problems.some(isInDoubt)) throw problems[0];
}

function isInDoubt(problem: unknown): boolean {
  return !isAppError(problem) || problem.code === 'graph.fate-unknown';
}

interface Written {
  readonly written: number;
  readonly problems: readonly unknown[];
}

async function writeSome(graph: GraphAs, asked: BulkArgs, ids: readonly string[]): Promise<Written> {
  const place = placeIn(asked);
  const open = async (some: readonly string[]): Promise<ReadonlySet<string>> => {
    const now = await everyDecision(graph, place, some);
    return new Set(now.filter(({ decision }) => decision === 'NotReviewed').map(({ id }) => id));
  };
  try {
    const writes = [...(await open(ids))].map((id) => ({
      id,
      decision: asked.answer,
      justification: asked.reason,
      landed: async () => isOurs(await decisionById(graph, place, id), asked),
    }));
    const answers = await decideMany(graph, place, writes, { stillWanted: open });
    const failed = answers.flatMap((answer) => (answer.kind === 'failed' ? [answer.error] : []));
    return { written: answers.length - failed.length, problems: failed };
  } catch (error) {
    // The look failed, so nothing of this handful was sent.
    return { written: 0, problems: [error] };
  }
}

function isOurs({ decision, reviewedBy, justification }: DecisionInfo, asked: BulkArgs): boolean {
  return decision === asked.answer && reviewedBy?.id === asked.by && justification === asked.reason;
}

async function resultOf(reader: GraphReader, asked: BulkArgs): Promise<Receipt> {
  const ids = asked.items.map(({ id }) => id);
  // One that cannot be read just now must not be told as not recorded.
  const found = await everyDecision(reader, placeIn(asked), ids);
  const byId = new Map(found.map((one) => [one.id, one]));
  const of = (wanted: 'recorded' | 'others' | 'failed'): string[] =>
    asked.items.map(({ id }) => id).filter((id) => fateOf(byId.get(id), asked) === wanted);
  return { recorded: of('recorded'), others: of('others'), failed: of('failed') };
}

function fateOf(found: DecisionInfo | undefined, asked: BulkArgs): 'recorded' | 'others' | 'failed' {
  if (found === undefined || found.decision === 'NotReviewed') return 'failed';
  return isOurs(found, asked) ? 'recorded' : 'others';
}

interface Result {
  readonly state: BulkResultView['state'];
  readonly result?: Receipt;
  readonly viewer: string;
  readonly reference: string;
}

const namedAtMost = 30;

function resultCard(
  services: HouseServices,
  asked: BulkArgs,
  { state, result, viewer, reference }: Result,
): Card {
  const names = new Map(asked.items.map(({ id, name }) => [id, name]));
  const listed = (ids: readonly string[], as: 'recorded' | 'failed' | 'other') =>
    ids.map((id) => ({ name: names.get(id) ?? '', result: as }));
  // What needs somebody comes first.
  const all = [
    ...listed(result?.failed ?? [], 'failed'),
    ...listed(result?.others ?? [], 'other'),
    ...listed(result?.recorded ?? [], 'recorded'),
  ];
  const view: BulkResultView = {
    ref: viewer === asked.by ? asked.ref : '',
    state,
    kind: asked.answer === 'Deny' ? 'remove' : 'keep',
    review: asked.review,
    subject: { kind: 'other', name: asked.subjectName, tier: asked.tier },
    recorded: result?.recorded.length ?? 0,
    failed: result?.failed.length ?? 0,
    others: result?.others.length ?? 0,
    names: all.slice(0, namedAtMost),
    unnamed: Math.max(0, all.length - namedAtMost),
    reason: asked.reason,
    reference: shortReference(reference),
    portalUrl: myAccess(services.tenantId, 'access-reviews'),
  };
  return { template: 'reviews/bulk-result', view };
}
