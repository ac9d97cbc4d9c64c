import type { Time } from './time.js';

/** One access review under way, as the bot itself last saw it: what a sweep compares with. */
export interface ReviewRow {
  readonly instance_id: string;
  readonly definition_id: string;
  /** The stage at work; empty where a review has no stages. */
  readonly stage_id: string;
  /** `running` until Entra says otherwise; then `ended` or `stopped`, and `told` once its consequences were told. */
  readonly state: 'running' | 'ended' | 'stopped' | 'told';
  /** JSON: what is under review, in the words of the directory. */
  readonly about: string;
  /** Later than any date where Entra does not say when it ends. */
  readonly ends_at: Time;
  /** Not decided by anybody, as last counted; -1: Entra does not count. */
  readonly undecided: number;
  readonly created_at: Time;
}

/** One series of reviews: its instances are only read again when it changed, or when the next one is due. */
export interface ReviewSeriesRow {
  readonly definition_id: string;
  readonly fingerprint: string;
  readonly look_at: Time;
}

/** How far one reviewer is in one review: beside the card row of the same `ref`. */
export interface PacketRow {
  readonly ref: string;
  readonly instance_id: string;
  readonly stage_id: string;
  readonly person: string;
  /** Where the reader is, on every device and after a restart. */
  readonly mode: 'home' | 'one' | 'list';
  readonly skip: number;
  /** JSON: [id, how it stood] of each item on the picture the reader has. They came out of the reader's own list. */
  readonly shown: string;
  /** Not decided by this reader, as last read with their own token; -1: they have not looked yet. */
  readonly left_over: number;
  readonly reminded: number;
}
