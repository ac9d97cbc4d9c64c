import { type AppError, isAppError } from '../base/errors.js';
import { because } from '../identity/because.js';
import { type Answer, type Call, succeeded } from './answer.js';
import { batchBody, itemAnswers } from './batch-wire.js';
import { graphErrorFrom } from './error-from.js';
import { graphError } from './errors.js';
import type { BatchAnswer, BatchOptions, ReadOptions } from './graph.js';
import { type Asking, type PerformPorts, perform, settlingMs } from './perform.js';
import { jitter, retryAfter, verdictOn } from './retry.js';

export interface Item {
  readonly id: string;
  readonly call: Call;
}

export interface BatchWork {
  readonly ports: PerformPorts;
  readonly asking: Asking;
  readonly version: NonNullable<ReadOptions['version']>;
  readonly stillWanted?: NonNullable<BatchOptions['stillWanted']>;
}

/** `doubtful` once an answer was lost that may have stood for an effect. */
interface Open extends Item {
  readonly doubtful: boolean;
}

interface Tried {
  readonly item: Open;
  /** An error: the whole request was turned away, and this item with it. */
  readonly answer: Answer | AppError;
}

type Settled = BatchAnswer<unknown>;

const largest = 20;
const mostRounds = 4;

/** Any number of calls, twenty to a request. What succeeded is never sent again, whatever happened beside it. */
export async function performBatch(work: BatchWork, items: readonly Item[]): Promise<readonly Settled[]> {
  if (new Set(items.map(({ id }) => id)).size < items.length) throw new TypeError('Two parts with one id');
  const byId = new Map<string, Settled>();
  for (let start = 0; start < items.length; start += largest) {
    const chunk = await performChunk(work, items.slice(start, start + largest));
    for (const settled of chunk) byId.set(settled.id, settled);
  }
  return items.flatMap(({ id }) => byId.get(id) ?? []);
}

async function performChunk(work: BatchWork, chunk: readonly Item[]): Promise<readonly Settled[]> {
  const now = (): number => work.ports.clock.now().getTime();
  const until = now() + work.ports.deadlineMs;
  const settled: Settled[] = [];
  let open: readonly Open[] = chunk.map((item) => ({ ...item, doubtful: false }));
  for (let round = 1; open.length > 0; round += 1) {
    const tried = await sendRound(work, open);
    const again = tried.filter(goesOn);
    settled.push(...tried.filter((one) => !goesOn(one)).map((one) => settle(work, one)));
    const pause = pauseFor(work, again, round);
    if (round === mostRounds || now() + pause >= until) {
      return [...settled, ...again.map((one) => settle(work, one))];
    }
    if (again.length > 0) await work.ports.sleep(pause);
    const looked = await Promise.all(
      again.map((one) => lookWhetherLanded({ ...one.item, doubtful: inDoubt(one) })),
    );
    const left = looked.flatMap((one) => (isSettled(one) ? [] : [one]));
    const dropped = await notWanted(work, left);
    settled.push(...looked.filter(isSettled), ...dropped);
    open = left.filter(({ id }) => dropped.every((one) => one.id !== id));
  }
  return settled;
}

/** Those that nobody wants sent any more. When that cannot be found out, none is sent. */
async function notWanted({ stillWanted }: BatchWork, open: readonly Open[]): Promise<readonly Settled[]> {
  if (stillWanted === undefined || open.length === 0) return [];
  const failed =
    (error: Error) =>
    (item: Open): Settled => ({ kind: 'failed', id: item.id, error });
  try {
    const wanted = await stillWanted(open.map(({ id }) => id));
    const conflict = graphError('graph.conflict', because('not wanted any more'));
    return open.filter(({ id }) => !wanted.has(id)).map(failed(conflict));
  } catch (error) {
    return open.map((item) =>
      failed(item.doubtful ? graphError('graph.fate-unknown', error) : graphErrorFrom(error))(item),
    );
  }
}

async function sendRound(
  { ports, asking, version }: BatchWork,
  open: readonly Open[],
): Promise<readonly Tried[]> {
  const calls = open.map(({ call }) => call);
  const meaning = calls.every((call) => call.meaning === 'read') ? 'read' : 'create';
  const outer: Call = {
    method: 'POST',
    path: '/$batch',
    meaning,
    body: batchBody(calls),
    options: { version },
  };
  try {
    const answers = itemAnswers(await perform(ports, asking, outer), open.length);
    return open.map((item, index) => ({ item, answer: answers[index] ?? lostWithBatch }));
  } catch (error) {
    if (!isAppError(error)) throw error;
    const answer = error.code === 'graph.fate-unknown' ? lostWithBatch : error;
    return open.map((item) => ({ item, answer }));
  }
}

const lostWithBatch: Answer = {
  kind: 'lost',
  unsent: false,
  timedOut: false,
  reason: 'the answer to the batch was lost',
};

function isSettled(one: Settled | Open): one is Settled {
  return 'kind' in one;
}

/** Sent once more, perhaps after a look whether it landed; everything else is settled as it stands. */
function goesOn({ item, answer }: Tried): boolean {
  if (isAppError(answer) || succeeded(item.call, answer)) return false;
  const verdict = verdictOn(item.call, answer);
  if (verdict === 'refused') return false;
  return item.call.landed !== undefined || (verdict === 'again' && !item.doubtful);
}

function inDoubt({ item, answer }: Tried): boolean {
  return item.doubtful || (!isAppError(answer) && verdictOn(item.call, answer) === 'unknown');
}

function settle({ asking }: BatchWork, tried: Tried): Settled {
  const { item, answer } = tried;
  const { id, call } = item;
  if (!isAppError(answer) && succeeded(call, answer)) {
    return { kind: 'ok', id, status: answer.status, body: answer.body };
  }
  const error = asking.caller.explain(graphErrorFrom(answer));
  return { kind: 'failed', id, error: inDoubt(tried) ? graphError('graph.fate-unknown', error) : error };
}

/** The longest that any of them asks for: they travel in one request again. */
function pauseFor({ ports }: BatchWork, again: readonly Tried[], round: number): number {
  const nowMs = ports.clock.now().getTime();
  const asked = again.map(({ answer }) => (isAppError(answer) ? 0 : (retryAfter(answer, nowMs) ?? 0)));
  const least = again.some(inDoubt) ? settlingMs : jitter(round, ports.random);
  return Math.max(least, ...asked);
}

async function lookWhetherLanded(item: Open): Promise<Settled | Open> {
  const { id, call, doubtful } = item;
  if (!doubtful || call.landed === undefined) return item;
  try {
    return (await call.landed()) ? { kind: 'ok', id, status: 204, body: undefined } : item;
  } catch (error) {
    return { kind: 'failed', id, error: graphError('graph.fate-unknown', graphErrorFrom(error)) };
  }
}
