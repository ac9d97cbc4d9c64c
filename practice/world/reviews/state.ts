import { archiveSizes } from '../reviewed-people.js';
import type { Definition } from './definition.js';
import type { Instance } from './instance.js';
import { seeds } from './seeds.js';

/** How far a definition has come with making its instances. */
export interface Series {
  readonly definitionId: string;
  readonly started: boolean;
  /** When the next instance is made; none follows when absent. */
  readonly nextAt?: number | undefined;
}

export interface ReviewsState {
  readonly archiveSize: number;
  readonly reviewersMayReset: boolean;
  /** Those that people of the tenant made, in addition to the planned ones. */
  readonly made: readonly Definition[];
  readonly series: readonly Series[];
  /** Oldest first. */
  readonly instances: readonly Instance[];
}

export function emptyState(instances: readonly Instance[]): ReviewsState {
  return { archiveSize: archiveSizes.first, reviewersMayReset: true, made: [], series: [], instances };
}

export function definitionsOf({ made }: ReviewsState): readonly Definition[] {
  return [...seeds.map(({ definition }) => definition), ...made];
}

export function definitionById(state: ReviewsState, id: string): Definition | undefined {
  return definitionsOf(state).find((definition) => definition.id === id.toLowerCase());
}

export function instancesOf({ instances }: ReviewsState, definitionId: string): readonly Instance[] {
  return instances.filter((instance) => instance.definitionId === definitionId);
}

/** A definition says how its newest work stands. */
export function statusOf(state: ReviewsState, definition: Definition): string {
  const series = state.series.find(({ definitionId }) => definitionId === definition.id);
  if (!series?.started) return 'NotStarted';
  const own = instancesOf(state, definition.id);
  const running = own.find(({ status }) => status === 'InProgress' || status === 'Initializing');
  return (running ?? own.at(-1))?.status ?? 'NotStarted';
}

export function withInstance(state: ReviewsState, instance: Instance): ReviewsState {
  const known = state.instances.some(({ id }) => id === instance.id);
  const instances = known
    ? state.instances.map((old) => (old.id === instance.id ? instance : old))
    : [...state.instances, instance];
  return { ...state, instances };
}

export function withSeries(state: ReviewsState, series: Series): ReviewsState {
  const others = state.series.filter(({ definitionId }) => definitionId !== series.definitionId);
  return { ...state, series: [...others, series] };
}
