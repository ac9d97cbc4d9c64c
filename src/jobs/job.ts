import type { Json } from '../base/json.js';

export interface NewJob {
  readonly kind: string;
  /** While a job with this key waits, queueing it again only moves it earlier. */
  readonly key?: string;
  readonly payload: Json;
  readonly runAt?: Date;
}

export interface Job {
  readonly id: number;
  readonly kind: string;
  readonly payload: Json;
  /** 1 for the first try. Above 1 an earlier try may have had its effect: look before doing it again. */
  readonly attempt: number;
}

/** `again`: the job lives on and comes back at that time with its attempts counted anew (a watch, a sweep). */
export type JobResult =
  | { readonly kind: 'done' }
  | { readonly kind: 'again'; readonly at: Date; readonly payload?: Json };

/** Throwing means "try later"; an AppError with retry `no` ends the job at once and is told in the record. */
export type JobHandler = (job: Job) => Promise<JobResult>;
