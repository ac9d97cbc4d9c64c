import type { Asked } from '../../../graph/pim/activating.js';
import type { ActivationRow } from '../../../store/schema.js';

/** How the bot calls what Entra says of a request. Accepted and being set up is not active yet: that is looked for. */
export const stateOf: Readonly<Record<Asked['state'], Exclude<ActivationRow['state'], 'ready'>>> = {
  waiting: 'asked',
  scheduled: 'scheduled',
  provisioning: 'scheduled',
  active: 'active',
  denied: 'denied',
  cancelled: 'cancelled',
  expired: 'expired',
  failed: 'failed',
  revoked: 'ended',
  other: 'scheduled',
};
