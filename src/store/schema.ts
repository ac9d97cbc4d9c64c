import type { Generated } from 'kysely';
import type { MethodChangeRow, PeopleKeysRow, RecoveryCaseRow } from './recovery-rows.js';
import type { PacketRow, ReviewRow, ReviewSeriesRow } from './review-rows.js';
import type { Time } from './time.js';

export type { MethodChangeRow, PeopleKeysRow, RecoveryCaseRow } from './recovery-rows.js';
export type { PacketRow, ReviewRow, ReviewSeriesRow } from './review-rows.js';

// Every `json` text is canonical JSON: the same on both engines.

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

/**
 * A request for a package that is on somebody's card, as the bot last saw it: the stages of an approval are shown to
 * approvers only.
 */
export interface PackageRequestRow {
  /** Of the request in Entra. */
  readonly id: string;
  readonly package_id: string;
  /** Whose access it is about. */
  readonly person: string;
  readonly requestor: string;
  readonly state: string;
  /** JSON: what each stage that is over has said, in its order. */
  readonly stages: string;
  /** When the open stage began; 0: not known yet, -1: nobody will tell. */
  readonly stage_since: Time;
  /** How often its approvers were reminded. */
  readonly reminded: number;
  readonly created_at: Time;
  /** 0: it is still open. */
  readonly ended_at: Time;
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
  readonly package_requests: PackageRequestRow;
  readonly recovery_cases: RecoveryCaseRow;
  readonly method_changes: MethodChangeRow;
  readonly people_keys: PeopleKeysRow;
}
