import type { Happened } from '../changes/change-in.js';

/** cards/recovery/change. Buttons: recovery.mine {ref} and recovery.not-me {ref}; to whom it happened, in the chat. */
export interface ChangeView {
  readonly ref: string;
  /** `told`: there is nothing to press here; `ours`: it was a part of their case; `mine`, `not-me`: what they answered. */
  readonly state: 'ask' | 'told' | 'ours' | 'mine' | 'not-me';
  readonly happened: Happened;
  readonly what: string;
  readonly isPass: boolean;
  /** They did it themselves, or whoever was signed in as them. */
  readonly own: boolean;
  /** Empty: Entra does not say. */
  readonly by: string;
  readonly ip: string;
  readonly place: string;
  readonly at: string;
  /** They may say that it was not them. */
  readonly canDeny: boolean;
  readonly problem: string;
  readonly infoUrl: string;
}
