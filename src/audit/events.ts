import type { Json } from '../base/json.js';

interface Common {
  /** Object id of the person, or `latchkey` for what the bot did by itself. */
  readonly actor: string;
  /** What it is about: `assignmentRequest:<id>`, `accessPackage:<id>`, `card:<ref>` … */
  readonly item: string;
  /** client-request-id of the action, the same that Graph and Entra's log have. */
  readonly reference: string;
}

/** The catalogue: every kind of line the record can hold. */
export type AuditEvent = Common &
  (
    | {
        readonly kind: 'action.decided';
        readonly data: {
          effect: string;
          stage: string;
          action: string;
          basis: readonly string[];
          args: Json;
        };
      }
    | { readonly kind: 'action.recorded'; readonly data: { effect: string; receipt: Json; healed: boolean } }
    | { readonly kind: 'action.failed'; readonly data: { effect: string; code: string } }
    | { readonly kind: 'action.not-done'; readonly data: { effect: string } }
    | {
        readonly kind: 'click.refused';
        readonly data: { verb: string; code: string; basis: readonly string[] };
      }
    | { readonly kind: 'card.sent'; readonly data: { card: string; person: string } }
    | { readonly kind: 'card.undeliverable'; readonly data: { card: string; person: string; code: string } }
    | { readonly kind: 'channel.told'; readonly data: { channel: string; card: string } }
    | { readonly kind: 'channel.not-told'; readonly data: { channel: string; card: string; code: string } }
    /** It was made for the actor, who may have it from then on; whether their drive took it is not known here. */
    | { readonly kind: 'file.made'; readonly data: { verb: string; name: string; lines: number } }
    | { readonly kind: 'item.changed'; readonly data: { from: string; to: string; seen: Json } }
    | { readonly kind: 'job.dead'; readonly data: { job: string; code: string; attempts: number } }
  );
