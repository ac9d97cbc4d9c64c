import { z } from 'zod/v4';
import { definitionShape } from './definition.js';
import type { Instance, Round } from './instance.js';
import type { ReviewsState } from './state.js';

const decided = z.tuple([
  z.int(),
  z.object({
    decision: z.enum(['Approve', 'Deny', 'DontKnow']),
    justification: z.string(),
    byId: z.string(),
    at: z.string(),
  }),
]);

const round = z.object({
  id: z.string(),
  status: z.enum(['InProgress', 'Completed']),
  startsAt: z.string(),
  endsAt: z.string(),
  reached: z.array(z.int()).optional(),
  decided: z.array(decided),
});

const principal = z.object({ id: z.string(), kind: z.enum(['user', 'service']), nested: z.boolean() });

const instance = z.object({
  id: z.string(),
  definitionId: z.string(),
  status: z.enum(['Initializing', 'InProgress', 'Completed', 'Applying', 'Applied']),
  startsAt: z.string(),
  endsAt: z.string(),
  appliedAt: z.string().optional(),
  dueAt: z.number().optional(),
  subjects: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('listed'), principals: z.array(principal) }),
    z.object({ kind: z.literal('archive'), size: z.int() }),
  ]),
  rounds: z.array(round),
});

const shape = z.object({
  archiveSize: z.int(),
  reviewersMayReset: z.boolean(),
  made: z.array(definitionShape),
  series: z.array(
    z.object({ definitionId: z.string(), started: z.boolean(), nextAt: z.number().optional() }),
  ),
  instances: z.array(instance),
});

/** What an earlier run left in the world file. */
export function loadedReviews(saved: unknown): ReviewsState {
  const { instances, ...rest } = shape.parse(saved);
  return { ...rest, instances: instances.map(loadedInstance) };
}

export function savedReviews(state: ReviewsState): unknown {
  return {
    ...state,
    instances: state.instances.map((each) => ({ ...each, rounds: each.rounds.map(savedRound) })),
  };
}

function loadedInstance({ rounds, ...rest }: z.infer<typeof instance>): Instance {
  return { ...rest, rounds: rounds.map((each): Round => ({ ...each, decided: new Map(each.decided) })) };
}

function savedRound(each: Round): unknown {
  return { ...each, decided: [...each.decided] };
}
