interface Window {
  readonly ms: number;
  readonly most: number;
}

export interface RateLimit {
  /** Counts one call. Undefined when it may pass, otherwise the whole seconds to wait. */
  take(key: string): number | undefined;
  clear(): void;
}

// Microsoft's published estimates for one bot in one conversation, and for one app in one tenant.
export const sendWindows: readonly Window[] = [
  { ms: 1_000, most: 7 },
  { ms: 2_000, most: 8 },
  { ms: 30_000, most: 60 },
  { ms: 3_600_000, most: 1_800 },
];
export const readWindows: readonly Window[] = [
  { ms: 1_000, most: 14 },
  { ms: 2_000, most: 16 },
  { ms: 30_000, most: 120 },
  { ms: 3_600_000, most: 3_600 },
];
export const tenantWindows: readonly Window[] = [{ ms: 1_000, most: 50 }];

/** Sliding windows. A refused call is not counted, so a caller that waits as told always gets through. */
export function createRateLimit(windows: readonly Window[], now: () => Date): RateLimit {
  const longest = Math.max(...windows.map((w) => w.ms));
  const taken = new Map<string, number[]>();

  return {
    take(key) {
      const at = now().getTime();
      // The practice clock can be set back by a reset: a call "from the future" must not block anybody.
      const past = (taken.get(key) ?? []).filter((t) => t > at - longest && t <= at);
      taken.set(key, past);
      const waits = windows.map((w) => waitFor(w, past, at));
      const wait = Math.max(...waits);
      if (wait > 0) return Math.ceil(wait / 1_000);
      past.push(at);
      return undefined;
    },
    clear: () => taken.clear(),
  };
}

function waitFor(window: Window, past: readonly number[], at: number): number {
  const inside = past.filter((t) => t > at - window.ms);
  if (inside.length < window.most) return 0;
  const frees = inside[inside.length - window.most] ?? at;
  return frees + window.ms - at;
}
