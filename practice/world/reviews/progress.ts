import { newId } from '../ids.js';
import type { Definition } from './definition.js';
import { currentRound, type Instance, indexesOf, type Round } from './instance.js';
import { nextOccurrence } from './recurrence.js';
import { scopeOf } from './scope.js';
import { definitionById, type ReviewsState, type Series, withInstance, withSeries } from './state.js';
import { type Holdings, subjectsOf } from './subjects.js';

/** How long the real service takes, in small. */
export const pauseMs = { beforeInstance: 300, beforeStart: 500, beforeApplying: 500, beforeApplied: 1_000 };
const dayMs = 86_400_000;

export interface ProgressPorts {
  readonly holdings: Holdings;
  /** The decisions of this instance take effect. */
  applied(instance: Instance, definition: Definition): void;
}

export function nextReviewDue({ instances, series }: ReviewsState): number | undefined {
  const moments = [
    ...instances.flatMap(({ dueAt }) => dueAt ?? []),
    ...series.flatMap(({ nextAt }) => nextAt ?? []),
  ];
  return moments.length > 0 ? Math.min(...moments) : undefined;
}

/** A new instance that takes decisions at once, or after a moment. */
export function newInstance(
  state: ReviewsState,
  definition: Definition,
  at: number,
  ports: ProgressPorts,
  begins: 'now' | 'soon' = 'now',
): ReviewsState {
  const scope = scopeOf(definition);
  if (!scope) return state;
  const [first] = definition.stageSettings;
  const days = first
    ? definition.stageSettings.reduce((sum, { durationInDays }) => sum + durationInDays, 0)
    : definition.settings.instanceDurationInDays;
  const endsAt = at + days * dayMs;
  const round = newRound(at, first ? at + first.durationInDays * dayMs : endsAt);
  const waits = begins === 'soon';
  return withInstance(state, {
    id: newId(),
    definitionId: definition.id,
    status: waits ? 'Initializing' : 'InProgress',
    startsAt: iso(at),
    endsAt: iso(endsAt),
    dueAt: waits ? at + pauseMs.beforeStart : Date.parse(round.endsAt),
    subjects: subjectsOf(scope, ports.holdings, state.archiveSize),
    rounds: [round],
  });
}

/** Ends the round that runs: the next stage begins, or the instance is over. */
export function closeRound(definition: Definition, instance: Instance, at: number): Instance {
  const round = currentRound(instance);
  if (!round) return instance;
  const closed: Round = { ...round, status: 'Completed', endsAt: iso(at) };
  const rounds = instance.rounds.with(-1, closed);
  const following = definition.stageSettings[rounds.length];
  const reached = following ? movingOn(definition, { ...instance, rounds }) : [];
  if (!following || reached.length === 0) return completed(definition, { ...instance, rounds }, at);
  const opened = newRound(at, at + following.durationInDays * dayMs, reached);
  const endsAt = remainingEnd(definition, rounds.length, at);
  return { ...instance, endsAt: iso(endsAt), dueAt: Date.parse(opened.endsAt), rounds: [...rounds, opened] };
}

/** No more decisions: ends the instance whatever stage it is in. */
export function closeInstance(definition: Definition, instance: Instance, at: number): Instance {
  const round = currentRound(instance);
  const closed = round && ({ ...round, status: 'Completed', endsAt: iso(at) } as const);
  return completed(
    definition,
    closed ? { ...instance, rounds: instance.rounds.with(-1, closed) } : instance,
    at,
  );
}

export function applying(instance: Instance, at: number): Instance {
  return { ...instance, status: 'Applying', dueAt: at + pauseMs.beforeApplied };
}

function completed(definition: Definition, instance: Instance, at: number): Instance {
  const { dueAt: _, ...rest } = instance;
  const applies = definition.settings.autoApplyDecisionsEnabled;
  const due = applies ? { dueAt: at + pauseMs.beforeApplying } : {};
  return { ...rest, status: 'Completed', endsAt: iso(at), ...due };
}

/** The first thing that was due by `now`; a review must find the memberships that an earlier one left. */
export function reviewStep(state: ReviewsState, now: number, ports: ProgressPorts): ReviewsState | undefined {
  const due = nextReviewDue(state);
  if (due === undefined || due > now) return undefined;
  const instance = state.instances.find(({ dueAt }) => dueAt === due);
  if (instance) return movedInstance(state, instance, due, ports);
  const series = state.series.find(({ nextAt }) => nextAt === due);
  return series && movedSeries(state, series, due, ports);
}

function movedInstance(
  state: ReviewsState,
  instance: Instance,
  at: number,
  ports: ProgressPorts,
): ReviewsState {
  const definition = definitionById(state, instance.definitionId);
  const { dueAt: _, ...rest } = instance;
  if (!definition) return withInstance(state, rest);
  switch (instance.status) {
    case 'Initializing': {
      const ends = currentRound(instance)?.endsAt ?? instance.endsAt;
      return withInstance(state, { ...rest, status: 'InProgress', dueAt: Date.parse(ends) });
    }
    case 'InProgress':
      return withInstance(state, closeRound(definition, instance, at));
    case 'Completed':
      return withInstance(state, applying(instance, at));
    case 'Applying': {
      const done: Instance = { ...rest, status: 'Applied', appliedAt: iso(at) };
      ports.applied(done, definition);
      return withInstance(state, done);
    }
    case 'Applied':
      return withInstance(state, rest);
  }
}

function movedSeries(state: ReviewsState, series: Series, at: number, ports: ProgressPorts): ReviewsState {
  const { definitionId } = series;
  const definition = definitionById(state, definitionId);
  const nextAt = definition && nextOccurrence(definition, at);
  const moved = withSeries(state, { definitionId, started: true, nextAt });
  return definition ? newInstance(moved, definition, at, ports, 'soon') : moved;
}

function movingOn({ stageSettings }: Definition, instance: Instance): number[] {
  const round = currentRound(instance);
  if (!round) return [];
  const words = stageSettings[instance.rounds.length - 1]?.decisionsThatWillMoveToNextStage ?? [];
  const moves = (index: number): boolean => {
    const word = round.decided.get(index)?.decision;
    // "Don't know" leaves it open, like no answer at all.
    return words.includes(word === undefined || word === 'DontKnow' ? 'NotReviewed' : word);
  };
  return indexesOf(instance, round).filter(moves);
}

function remainingEnd({ stageSettings }: Definition, from: number, at: number): number {
  return stageSettings.slice(from).reduce((end, { durationInDays }) => end + durationInDays * dayMs, at);
}

function newRound(at: number, ends: number, reached?: readonly number[]): Round {
  return {
    id: newId(),
    status: 'InProgress',
    startsAt: iso(at),
    endsAt: iso(ends),
    reached,
    decided: new Map(),
  };
}

function iso(moment: number): string {
  return new Date(moment).toISOString();
}
