/**
 * cards/recovery/pass: the answer to the press that makes a pass, and never anything else: no row, no job and no second
 * answer holds it with a code. It has no refresh, and its button asks for nothing that could bring the code back:
 * recovery.read-out {ref}.
 */
export interface PassView {
  /** unseen: there is one, or was, whose code nobody has seen; closing and closed are about the case. */
  readonly state: 'working' | 'unseen' | 'closing' | 'closed' | 'code';
  readonly name: string;
  /** All that follows: empty unless there is a code. */
  readonly ref: string;
  readonly code: string;
  /** Sign by sign, so that capital I and small l are told apart. */
  readonly spelled: string;
  readonly until: string;
  readonly once: boolean;
  readonly reference: string;
}
