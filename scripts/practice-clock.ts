import { z } from 'zod/v4';
import type { Clock } from '../src/base/clock.js';

const state = z.object({ clock: z.object({ offsetMs: z.number() }) });
const event = z.object({ kind: z.string(), offsetMs: z.number().optional() });

export interface FollowedClock extends Clock {
  /** Timers that were set before a jump are wrong after it. */
  onJump(listener: () => void): void;
  close(): void;
}

/** Real time plus the practice tenant's offset, kept in step through its event stream. */
export async function followPracticeClock(practiceUrl: string): Promise<FollowedClock> {
  const practice = new URL('/practice/', practiceUrl);
  let offsetMs = state.parse(await (await fetch(new URL('.', practice))).json()).clock.offsetMs;
  const listeners: (() => void)[] = [];
  const stop = new AbortController();
  const moved = (next: number): void => {
    offsetMs = next;
    for (const listener of listeners) listener();
  };
  // The stream ends with the practice tenant; then there is no clock left to follow.
  listen(new URL('events', practice), stop.signal, moved).catch(() => undefined);
  return {
    now: () => new Date(Date.now() + offsetMs),
    onJump: (listener) => void listeners.push(listener),
    close: () => stop.abort(),
  };
}

async function listen(url: URL, signal: AbortSignal, moved: (offsetMs: number) => void): Promise<void> {
  const answer = await fetch(url, { signal });
  if (answer.body === null) return;
  let pending = '';
  for await (const chunk of answer.body.pipeThrough(new TextDecoderStream())) {
    const lines = (pending + chunk).split('\n');
    pending = lines.pop() ?? '';
    for (const line of lines) {
      if (!line.startsWith('data:')) continue;
      const { kind, offsetMs } = event.parse(JSON.parse(line.slice(5)));
      if (kind === 'clock' && offsetMs !== undefined) moved(offsetMs);
    }
  }
}
