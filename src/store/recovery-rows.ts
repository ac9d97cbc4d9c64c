import type { Time } from './time.js';

/** Somebody who cannot sign in any more, or must be able to for the first time, until they are back on their feet. */
export interface RecoveryCaseRow {
  readonly id: string;
  /** Whose sign-in it is about; there is one open case for a person. */
  readonly subject: string;
  readonly opened_by: string;
  readonly kind:
    | 'lost'
    | 'stolen'
    | 'broken'
    | 'new-phone'
    | 'locked-out'
    | 'key-lost'
    | 'starter'
    | 'not-me';
  readonly state: 'attest' | 'issue' | 'sign-in' | 'clean-up' | 'closed' | 'refused' | 'withdrawn';
  /** JSON: names, note and outcome. */
  readonly about: string;
  /** They have, or can get, a role of Entra: two people have to vouch for them. */
  readonly privileged: 0 | 1;
  /** JSON: who vouched, how they verified it, and when. */
  readonly attested: string;
  /** Who made the pass; empty: nobody yet. */
  readonly issuer: string;
  /** JSON: its id, start and length, and whether it is good for one sign-in; empty: none. Never its code. */
  readonly pass: string;
  /** JSON: ids of the sign-in methods when the case was opened. */
  readonly baseline: string;
  /** JSON: ids of those that were removed. */
  readonly removed: string;
  readonly cleaned: 0 | 1;
  readonly opened_at: Time;
  readonly changed_at: Time;
  /** How often somebody was told that it stalls. */
  readonly escalated: number;
  /** 0: it is still open. */
  readonly closed_at: Time;
}

/** A way to sign in that was added, changed or taken away, as Entra's log tells it. */
export interface MethodChangeRow {
  /** Of the line in the log. */
  readonly id: string;
  /** Whose way to sign in it is. */
  readonly person: string;
  /** Who changed it; empty: no person did. */
  readonly by_id: string;
  /** JSON: what it was, who and from where. */
  readonly about: string;
  /** The case that it was a part of, or that was opened because of it; empty: none. */
  readonly case_id: string;
  /** Empty: its owner has not answered; `ours`: it was made in a case here. */
  readonly answer: '' | 'ours' | 'mine' | 'not-me';
  readonly at: Time;
  readonly told_at: Time;
  /** 0: not yet. */
  readonly answered_at: Time;
}

/** With what somebody signs in, as far as the report on passkeys needs it. */
export interface PeopleKeysRow {
  readonly person: string;
  /** JSON: name, department, whether administrator or guest, second factor. */
  readonly about: string;
  /** JSON: names of what is registered. */
  readonly methods: string;
  readonly has_passkey: 0 | 1;
  /** JSON: make and type of each passkey. */
  readonly keys: string;
  /** When `keys` was read; 0: it has to be. */
  readonly keys_read: Time;
  readonly seen_at: Time;
}
