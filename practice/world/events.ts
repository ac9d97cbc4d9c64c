import type { LoggedRequest } from '../http/request-log.js';

export type PracticeEvent =
  | { readonly kind: 'clock'; readonly offsetMs: number; readonly now: string }
  | { readonly kind: 'timeline'; readonly person: string }
  | { readonly kind: 'channel'; readonly channel: string }
  | { readonly kind: 'request'; readonly request: LoggedRequest }
  | { readonly kind: 'entra' }
  | { readonly kind: 'reset' };

export interface Events {
  publish(event: PracticeEvent): void;
  /** Answers a function that ends the subscription. */
  subscribe(listener: (event: PracticeEvent) => void): () => void;
}

export function createEvents(): Events {
  const listeners = new Set<(event: PracticeEvent) => void>();
  return {
    publish: (event) => {
      // A copy: a listener may end its subscription, or begin another, while it is being told.
      for (const listener of [...listeners]) listener(event);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
