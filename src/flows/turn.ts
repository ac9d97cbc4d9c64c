import type { Clock } from '../base/clock.js';
import type { Ids } from '../base/ids.js';
import type { Log } from '../base/log.js';
import type { Sleep } from '../base/sleep.js';
import type { GraphAs, GraphReader } from '../graph/graph.js';
import type { Actor } from '../identity/actor.js';
import type { Policy } from '../policy/policy.js';
import type { Store } from '../store/store.js';
import type { Place } from './flow.js';

export interface GraphFactory {
  as(actor: Actor, scopes: readonly string[], reference: string): GraphAs;
  reader(reference: string): GraphReader;
}

/** What every flow works with; made once, in bot/main.ts. */
export interface HouseServices {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly policy: Policy;
  readonly graph: GraphFactory;
  /** Authentication contexts that this person's last sign-in has met. */
  contexts(actor: Actor): readonly string[];
  readonly tenantId: string;
  /** Names this process in leases. */
  readonly owner: string;
  readonly sleep: Sleep;
  /** Tells the job loop that something was queued. */
  wake(): void;
}

/** One click or message: who, where, and Graph with that person's own rights. */
export interface Turn {
  readonly services: HouseServices;
  readonly actor: Actor;
  readonly verb: string;
  readonly place: Place;
  /** Of the client, such as de-AT; empty: it named none. */
  readonly language: string;
  readonly graph: GraphAs;
  /** client-request-id of everything this turn does. */
  readonly reference: string;
  /** By then (ms) the person must have an answer, be it "on its way": Teams gives up a little later. */
  readonly answerBy: number;
}
