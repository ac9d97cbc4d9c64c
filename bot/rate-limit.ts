import { type Clock, hour, second } from '../src/base/clock.js';
import type { Sleep } from '../src/base/sleep.js';

export interface Window {
  readonly ms: number;
  readonly most: number;
}

/** Microsoft's published limits for one bot in one conversation, and for one app in one tenant. */
export const chatWindows: readonly Window[] = [
  { ms: second, most: 7 },
  { ms: 2 * second, most: 8 },
  { ms: 30 * second, most: 60 },
  { ms: hour, most: 1_800 },
];
export const tenantWindows: readonly Window[] = [{ ms: second, most: 50 }];

/** When the next call may go out, given the earlier ones in order. Pure. */
export function nextSlot(taken: readonly number[], windows: readonly Window[], now: number): number {
  const newest = taken.at(-1) ?? now;
  const frees = windows.map(({ ms, most }) => {
    const oldestInside = taken[taken.length - most];
    return oldestInside === undefined ? now : oldestInside + ms;
  });
  return Math.max(now, newest, ...frees);
}

export interface SendLimits {
  /** Waits for a free place. False: the wait would be too long, and the caller has other things to do. */
  pass(chat: string, longestWaitMs: number): Promise<boolean>;
}

const mostChats = 10_000;

/**
 * Slots are taken before waiting, so callers that wait together do not all leave at once. Each process counts for
 * itself: what several instances send together is caught by Teams' own 429.
 */
export function createSendLimits({ clock, sleep }: { clock: Clock; sleep: Sleep }): SendLimits {
  const chats = new Map<string, number[]>();
  const tenant: number[] = [];
  let latest = 0;
  const now = (): number => clock.now().getTime();

  /** What was counted before the clock was set back would hold everybody up until it is where it was. */
  function forgetTheFuture(): void {
    const at = now();
    if (at < latest - second) {
      chats.clear();
      tenant.length = 0;
    }
    latest = at;
  }

  function takenIn(chat: string): number[] {
    const taken = chats.get(chat) ?? [];
    chats.delete(chat);
    // The chat that was quiet longest is forgotten first.
    if (chats.size >= mostChats) chats.delete(chats.keys().next().value ?? '');
    chats.set(chat, taken);
    return taken;
  }

  function take(taken: number[], windows: readonly Window[], longest: number): number | undefined {
    const at = now();
    forget(taken, at - longestOf(windows));
    const slot = nextSlot(taken, windows, at);
    if (slot - at > longest) return undefined;
    taken.push(slot);
    return slot - at;
  }

  return {
    async pass(chat, longest) {
      forgetTheFuture();
      for (const [taken, windows] of [
        [takenIn(chat), chatWindows],
        [tenant, tenantWindows],
      ] as const) {
        const wait = take(taken, windows, longest);
        if (wait === undefined) return false;
        if (wait > 0) await sleep(wait);
      }
      return true;
    },
  };
}

function forget(taken: number[], before: number): void {
  const kept = taken.findIndex((at) => at > before);
  taken.splice(0, kept === -1 ? taken.length : kept);
}

function longestOf(windows: readonly Window[]): number {
  return Math.max(...windows.map(({ ms }) => ms));
}
