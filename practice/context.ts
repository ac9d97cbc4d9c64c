import type { Faults } from './http/faults.js';
import type { RequestLog } from './http/request-log.js';
import type { Tokens } from './sign-in/tokens.js';
import type { PracticeClock } from './world/clock.js';
import type { Events } from './world/events.js';
import type { Snapshot } from './world/snapshot.js';
import type { Tenant } from './world/tenant.js';

/** What every part of the practice tenant is given. */
export interface PracticeContext {
  readonly clock: PracticeClock;
  readonly events: Events;
  readonly tokens: Tokens;
  readonly log: RequestLog;
  readonly faults: Faults;
  readonly tenant: Tenant;
  readonly snapshot: Snapshot;
  /** Where the bot listens, without a path. */
  readonly botUrl: string;
  /** Where this practice tenant listens. */
  readonly publicUrl: string;
  /** The service URL that activities name: where the bot sends its messages. */
  readonly connectorUrl: string;
}
