import type { Clock } from '../base/clock.js';
import type { AppError } from '../base/errors.js';
import type { Log } from '../base/log.js';
import type { Challenge } from '../identity/tokens.js';
import { type Answer, type Call, succeeded } from './answer.js';
import type { Caller } from './caller.js';
import { claimsInHeader, claimsInMessage } from './challenge.js';
import { refusalIn } from './envelope.js';
import { graphErrorFrom } from './error-from.js';
import { graphError } from './errors.js';
import { jitter, retryAfter, verdictOn } from './retry.js';
import type { Transport } from './transport.js';

export interface PerformPorts {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => number;
  readonly sleep: (ms: number) => Promise<unknown>;
  readonly deadlineMs: number;
  readonly tryMs: number;
}

export interface Asking {
  readonly caller: Caller;
  readonly reference: string;
}

const mostTries = 4;
/** What Entra needs to show a write that it made. */
export const settlingMs = 500;

/**
 * One call with everything around it: fresh tokens, repeated tries, one deadline. Resolves with the body, or with
 * undefined where the answer was lost but the effect was found. After a lost answer a write ends in success or in
 * `graph.fate-unknown`, never in an error that says nothing was changed.
 */
export async function perform(ports: PerformPorts, asking: Asking, call: Call): Promise<unknown> {
  const run = createRun(ports, asking, call);
  for (let attempt = 1; ; attempt += 1) {
    const answer = await run.send();
    if (succeeded(call, answer)) return answer.body;
    const verdict = verdictOn(call, answer);
    if (verdict === 'refused') {
      if (await run.refusedByItsOwnEffect(answer)) return undefined;
      throw run.errorOf(answer);
    }
    if (verdict === 'unknown') run.doubt();
    if (run.inDoubt() && call.meaning !== 'replace' && call.landed === undefined) throw run.errorOf(answer);
    const pause = attempt < mostTries ? run.pauseFor(answer, attempt) : undefined;
    if (pause !== undefined) await ports.sleep(pause);
    // Asked after the pause: Entra shows a write a moment later than it makes it.
    if (run.inDoubt() && (await run.landed())) return undefined;
    if (pause === undefined) throw run.errorOf(answer);
  }
}

function createRun(ports: PerformPorts, { caller, reference }: Asking, call: Call) {
  const now = (): number => ports.clock.now().getTime();
  const until = now() + ports.deadlineMs;
  let doubtful = false;

  async function once(challenge?: Challenge): Promise<Answer> {
    const token = await caller.token(challenge);
    const timeoutMs = Math.min(ports.tryMs, until - now());
    if (timeoutMs <= 0) return { kind: 'lost', unsent: true, timedOut: true, reason: 'no time left' };
    return ports.transport.send(call, { token, reference, timeoutMs });
  }

  async function landed(): Promise<boolean> {
    if (call.landed === undefined) return false;
    try {
      return await call.landed();
    } catch (error) {
      throw graphError('graph.fate-unknown', graphErrorFrom(error));
    }
  }

  return {
    /** A refused token is replaced once, with what the refusal asks for; only then the person is bothered. */
    async send(): Promise<Answer> {
      try {
        const answer = await once();
        const challenge = challengeIn(answer);
        return challenge === undefined ? answer : await once(challenge);
      } catch (error) {
        throw doubtful ? graphError('graph.fate-unknown', graphErrorFrom(error)) : error;
      }
    },
    inDoubt: () => doubtful,
    doubt: () => {
      doubtful = true;
    },
    /** Undefined: not within the deadline, and a pause that cannot be kept is not begun. */
    pauseFor(answer: Answer, attempt: number): number | undefined {
      const least = doubtful ? settlingMs : 0;
      const pause = Math.max(least, retryAfter(answer, now()) ?? jitter(attempt, ports.random));
      const status = answer.kind === 'answered' ? answer.status : answer.reason;
      ports.log.debug({ reference, method: call.method, attempt, status, pause }, 'a try at Graph failed');
      return pause < until - now() ? pause : undefined;
    },
    landed,
    /** Turned away because an earlier try of the same call, whose answer was lost, had done it. */
    async refusedByItsOwnEffect(answer: Answer): Promise<boolean> {
      if (!doubtful) return false;
      return (call.method === 'DELETE' && isStatus(answer, 404)) || landed();
    },
    errorOf(answer: Answer): AppError {
      const error = caller.explain(graphErrorFrom(answer));
      return doubtful ? graphError('graph.fate-unknown', error, { ...error.detail }) : error;
    },
  };
}

function challengeIn(answer: Answer): Challenge | undefined {
  if (answer.kind === 'lost' || ![400, 401, 403].includes(answer.status)) return undefined;
  // Role management asks in the message of a 400, which has changed nothing.
  const inMessage = answer.status === 400 ? claimsInMessage(refusalIn(answer.body).message) : undefined;
  const claims = claimsInHeader(answer.headers.get('www-authenticate')) ?? inMessage;
  if (claims !== undefined) return { claims };
  return answer.status === 401 ? {} : undefined;
}

function isStatus(answer: Answer, status: number): boolean {
  return answer.kind === 'answered' && answer.status === status;
}
