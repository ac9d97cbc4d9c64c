import { identityError } from './errors.js';

declare const actorBrand: unique symbol;

/** A person whose click or message was authenticated by the channel. Only this file can make one. */
export interface Actor {
  readonly tenantId: string;
  readonly objectId: string;
  /** As the channel names them; for display only, never for a decision. */
  readonly name: string;
  /** The channel's own id (`29:…`), which refresh and mentions need. */
  readonly mri: string;
  readonly [actorBrand]: true;
}

export interface VerifiedSender {
  readonly tenantId: string;
  readonly objectId: string;
  readonly name: string;
  readonly mri: string;
}

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The caller has checked the channel's signature; what is checked here is that the sender is a person of our tenant. */
export function actorFrom(sender: VerifiedSender, homeTenantId: string): Actor {
  const ours = sender.tenantId.toLowerCase() === homeTenantId.toLowerCase();
  if (!ours || !guid.test(sender.objectId)) throw identityError('identity.not-our-tenant');
  const checked: Omit<Actor, typeof actorBrand> = {
    ...sender,
    tenantId: sender.tenantId.toLowerCase(),
    objectId: sender.objectId.toLowerCase(),
  };
  return checked as Actor;
}
