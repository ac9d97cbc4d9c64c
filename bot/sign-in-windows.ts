import { type Clock, minute } from '../src/base/clock.js';
import type { Actor } from '../src/identity/actor.js';
import { createRecent } from '../src/identity/recent.js';

/**
 * What came of sign-in windows. The press that follows normally brings its own; a client that does not hand it over
 * sends the press alone, and then what waits here is used. Memory only, and each once.
 */
export interface SignInWindows {
  closed(person: string, sealed: string): void;
  /** Whatever waits for this person, and no longer. */
  take(actor: Actor): string | undefined;
  /** The person has just met these claims (by their hash) in a window. */
  met(actor: Actor, claims: string): void;
  metJustNow(actor: Actor, claims: string): boolean;
}

const remembered = 5 * minute;
const most = 5_000;

export function createSignInWindows(clock: Clock): SignInWindows {
  const waiting = createRecent<string>(most);
  const met = createRecent<Date>(most);
  const now = (): number => clock.now().getTime();
  return {
    closed: (person, sealed) => waiting.set(person, sealed),
    take({ objectId }) {
      const sealed = waiting.get(objectId);
      waiting.delete(objectId);
      return sealed;
    },
    met: ({ objectId }, claims) => met.set(`${objectId} ${claims}`, clock.now()),
    metJustNow({ objectId }, claims) {
      const at = met.get(`${objectId} ${claims}`);
      return at !== undefined && now() - at.getTime() < remembered;
    },
  };
}
