import { type Clock, second } from '../src/base/clock.js';
import type { Log } from '../src/base/log.js';
import type { Sleep } from '../src/base/sleep.js';
import { because } from '../src/identity/because.js';
import { type Trouble, troubleOf } from './connector-trouble.js';
import { botError } from './errors.js';
import type { EdgeMetrics } from './metrics.js';
import type { SendLimits } from './rate-limit.js';

export interface PersistentCallOptions {
  readonly limits: SendLimits;
  readonly clock: Clock;
  readonly sleep: Sleep;
  readonly log: Log;
  readonly metrics: EdgeMetrics;
  /** From 0 to 1, for the waits between tries. */
  readonly random: () => number;
}

export interface CallKind {
  /** Counts against the limits of this chat. */
  readonly chat: string;
  /** Doing it twice is the same as doing it once, so an unknown fate is no reason to stop. */
  readonly repeatable: boolean;
  /** What is refused is a person and not a message: Teams does not know them, or not here. */
  readonly aboutPerson?: boolean;
}

export type Ended<T> =
  | { readonly kind: 'done'; readonly value: T }
  | Extract<Trouble, { kind: 'gone' | 'unknown' }>;

export type PersistentCall = <T>(kind: CallKind, call: () => Promise<T>) => Promise<Ended<T>>;

const tries = 3;
const longestWait = 10 * second;

/** A call to the connector, within the limits, and again where that cannot do harm. */
export function createPersistentCall(options: PersistentCallOptions): PersistentCall {
  const { limits, log, metrics } = options;
  return async (kind, call) => {
    const { chat, repeatable } = kind;
    for (let count = 1; ; count += 1) {
      if (!(await limits.pass(chat, longestWait))) throw botError('bot.teams-busy');
      try {
        return { kind: 'done', value: await call() };
      } catch (error) {
        const trouble = troubleOf(error, options.clock.now());
        metrics.connectorTrouble(trouble.kind);
        const wait = waitBefore(trouble, { count, repeatable, random: options.random });
        if (wait === undefined || count >= tries) return giveUp(trouble, { ...kind, error, log });
        await options.sleep(wait);
      }
    }
  };
}

interface Try {
  readonly count: number;
  readonly repeatable: boolean;
  readonly random: () => number;
}

/** Undefined: another try would be wrong, or would come too late to be waited for. */
function waitBefore(trouble: Trouble, { count, repeatable, random }: Try): number | undefined {
  const mayRepeat = trouble.kind === 'again' || (trouble.kind === 'unknown' && repeatable);
  if (!mayRepeat) return undefined;
  const backOff = 500 * 2 ** (count - 1) * (1 + random());
  const wait = trouble.kind === 'again' ? (trouble.afterMs ?? backOff) : backOff;
  return wait > longestWait ? undefined : wait;
}

interface GivingUp extends CallKind {
  readonly error: unknown;
  readonly log: Log;
}

/** The SDK's own error never becomes a cause: it holds the request, and with it the bot's token. */
function giveUp<T>(trouble: Trouble, { repeatable, aboutPerson, error, log }: GivingUp): Ended<T> {
  switch (trouble.kind) {
    case 'gone':
      if (trouble.code === 'too-big') log.error({ code: trouble.code }, 'a card is too big for Teams');
      return trouble;
    case 'unknown':
      if (repeatable)
        throw botError('bot.teams-unreachable', because(`answer lost, status ${trouble.status}`));
      return trouble;
    case 'again':
      if (trouble.status === 0) throw botError('bot.teams-unreachable', because('no connection'));
      throw botError('bot.teams-busy', because(`status ${trouble.status}`));
    case 'unauthorized':
      log.error({ code: trouble.code }, 'Teams does not accept the identity of the bot');
      throw botError('bot.teams-refused', because(trouble.code));
    case 'refused':
      if (aboutPerson === true) return { kind: 'gone', code: trouble.code };
      log.error({ code: trouble.code, status: trouble.status }, 'Teams does not accept a message');
      throw botError('bot.message-refused', because(`${trouble.status} ${trouble.code}`));
    case 'other':
      throw error;
  }
}
