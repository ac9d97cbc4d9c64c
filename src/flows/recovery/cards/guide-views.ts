/** cards/recovery/guide: what to do with a pass, for whoever got it. It has no buttons but the way to the portal. */
export interface GuideView {
  /** A first passkey, a second one, or nothing more. */
  readonly step: 'first' | 'second' | 'done';
  /** Has a role, or can get one: a key that cannot leave its device. */
  readonly admin: boolean;
  /** The pass opens one sign-in. */
  readonly once: boolean;
  /** It is their first day. */
  readonly starter: boolean;
  /** The one that was seen, by what people call it; empty: none. */
  readonly passkey: string;
  readonly portalUrl: string;
}
