import type { PracticeContext } from './context.js';
import { createFaults } from './http/faults.js';
import { createRequestLog } from './http/request-log.js';
import type { SigningKeys } from './sign-in/keys.js';
import { createTokens } from './sign-in/tokens.js';
import { createClock, type PracticeClock } from './world/clock.js';
import { createEvents } from './world/events.js';
import { createSnapshot, type Snapshot } from './world/snapshot.js';
import { createTenant } from './world/tenant.js';

export interface ContextOptions {
  readonly botUrl: string;
  readonly dataDir: string;
  readonly publicUrl: string;
  readonly connectorUrl?: string;
  readonly keys: SigningKeys;
}

/** Builds the world; `stop` ends its timers. */
export function createContext(options: ContextOptions): { ctx: PracticeContext; stop: () => void } {
  const clock = createClock();
  const events = createEvents();
  const snapshot = createSnapshot(options.dataDir);
  const offsetChanged = keepOffset(snapshot, clock);
  const tenant = createTenant({ clock, events, snapshot });
  clock.onChange((offsetMs) => {
    offsetChanged();
    events.publish({ kind: 'clock', offsetMs, now: clock.now().toISOString() });
  });
  const log = createRequestLog(clock.now, events);
  const ctx = {
    clock,
    events,
    snapshot,
    tenant,
    log,
    faults: createFaults(),
    tokens: createTokens(options.keys),
    botUrl: options.botUrl.replace(/\/+$/, ''),
    publicUrl: options.publicUrl,
    connectorUrl: options.connectorUrl ?? `${options.publicUrl}/connector/`,
  };
  return { ctx, stop: tenant.stop };
}

// Without its offset a restarted world would fall back in time, before its own requests.
function keepOffset(snapshot: Snapshot, clock: PracticeClock): () => void {
  return snapshot.part('clock', {
    save: () => clock.offsetMs(),
    load: (saved) => clock.advance(Number(saved) - clock.offsetMs()),
    reset: () => clock.advance(-clock.offsetMs()),
  });
}
