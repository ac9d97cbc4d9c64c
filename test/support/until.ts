import { setTimeout as pause } from 'node:timers/promises';

/** Asks again until there is an answer; says what it waited for when there never is one. */
export async function until<T>(
  what: string | (() => string),
  ask: () => Promise<T | undefined | false>,
  withinMs = 10_000,
): Promise<T> {
  const end = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > end) throw new Error(`Waited in vain for ${typeof what === 'string' ? what : what()}`);
    await pause(25);
  }
}
