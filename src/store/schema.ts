import type { Generated } from 'kysely';

/** Every time is milliseconds since 1970 in UTC, every `json` text is canonical JSON: the same on both engines. */
type Time = number;

/** One row an intended effect. Two partial unique indexes make it the lock and the memory of what was done. */
export interface ClaimRow {
  readonly id: string;
  /** What is acted on, such as an assignment request. */
  readonly item: string;
  /** Which step of it: a stage id, or the card that asked. A settled (item, stage, action) is never acted on again. */
  readonly stage: string;
  /** Opposite verbs share it (approve and deny are both `decide`), so that only one of them can win. */
  readonly action: string;
  /** Name of the effect that acts, and can tell later from Graph whether it happened. */
  readonly effect: string;
  readonly state: 'claimed' | 'done' | 'void';
  readonly actor_id: string;
  readonly actor_name: string;
  readonly args: string;
  /** The card that was clicked. */
  readonly card_ref: string;
  /** client-request-id of the action. */
  readonly reference: string;
  readonly lease_owner: string;
  readonly lease_until: Time;
  /** JSON of what Entra recorded, once settled. */
  readonly receipt: string | null;
  readonly created_at: Time;
  readonly settled_at: Time | null;
}

/** A card somebody can click or that must be kept true. The card itself carries only `ref`. */
export interface CardRow {
  readonly ref: string;
  readonly flow: string;
  /** Which of the flow's cards, such as `packages.decide`. */
  readonly kind: string;
  readonly item: string;
  /** Object id of the only person who may click it. */
  readonly person: string;
  /** One live card for one purpose: unique among cards that are not final. */
  readonly purpose: string;
  readonly state: 'open' | 'final';
  /** Grows with every change of the picture; a slow delivery of an older one is dropped. */
  readonly version: number;
  readonly shown_version: number;
  /** Hash of the newest picture, so that an unchanged one is not sent again. */
  readonly picture: string;
  readonly conversation_id: string | null;
  readonly activity_id: string | null;
  readonly created_at: Time;
  readonly expires_at: Time;
}

/** Where to reach a person: learned from authenticated activities only. */
export interface ConversationRow {
  readonly person: string;
  readonly tenant_id: string;
  readonly conversation_id: string;
  readonly service_url: string;
  readonly bot_id: string;
  readonly mri: string;
  readonly seen_at: Time;
  readonly dead_since: Time | null;
}

export interface JobRow {
  readonly id: Generated<number>;
  readonly kind: string;
  /** Unique while the job is waiting: the same effect is never queued twice. */
  readonly key: string | null;
  readonly payload: string;
  /** A finished job is deleted; a dead one stays, for somebody to look at. */
  readonly state: 'waiting' | 'dead';
  readonly run_at: Time;
  readonly attempts: number;
  readonly lease_owner: string | null;
  readonly lease_until: Time;
  readonly last_error: string | null;
  readonly created_at: Time;
}

export interface AuditRow {
  readonly seq: number;
  readonly at: Time;
  readonly kind: string;
  /** Object id of the person, or `latchkey` for what the bot did by itself. */
  readonly actor: string;
  readonly item: string;
  readonly reference: string;
  readonly data: string;
  readonly previous: string;
  readonly hash: string;
}

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

/**
 * A role that somebody asked for, here or elsewhere, as the bot last saw it: Entra shows such requests only to the
 * people concerned, and keeps what became of them for a month.
 */
export interface ActivationRow {
  /** Of the request in Entra. */
  readonly id: string;
  readonly kind: 'role' | 'group' | 'azure';
  /** Template id of the role, id of the group, or ARM id of the role definition. */
  readonly target: string;
  /** Directory scope, `member` or `owner`, or ARM scope. */
  readonly scope: string;
  readonly person: string;
  /** JSON: names, reason, ticket and length, as they were asked for. */
  readonly about: string;
  /** `active` until it was seen to work; then `ready`. */
  readonly state:
    | 'asked'
    | 'scheduled'
    | 'active'
    | 'ready'
    | 'ended'
    | 'denied'
    | 'cancelled'
    | 'expired'
    | 'failed';
  /** JSON: who decided it and with which words; empty: nobody has, or nobody knows. */
  readonly verdict: string;
  readonly emergency: 0 | 1;
  readonly asked_at: Time;
  /** 0: not known yet, as the one that follows. */
  readonly starts_at: Time;
  readonly ends_at: Time;
  /** What its owner was asked afterwards; empty: nothing has to be. */
  readonly look_back: '' | 'due' | 'sent' | 'closed';
}

/** A role that its reader wants to find at the top. */
export interface FavouriteRow {
  readonly person: string;
  readonly kind: string;
  readonly target: string;
  readonly scope: string;
}

/** How far something that is read bit by bit has come. */
export interface MarkRow {
  readonly name: string;
  readonly at: Time;
}

export interface Schema {
  readonly claims: ClaimRow;
  readonly cards: CardRow;
  readonly conversations: ConversationRow;
  readonly jobs: JobRow;
  readonly audit: AuditRow;
  readonly reviews: ReviewRow;
  readonly review_series: ReviewSeriesRow;
  readonly packets: PacketRow;
  readonly activations: ActivationRow;
  readonly favourites: FavouriteRow;
  readonly marks: MarkRow;
}
