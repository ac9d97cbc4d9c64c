import { z } from 'zod/v4';
import { short } from './page.js';
import type { Remote } from './remote.js';

const batch = z.object({ requests: z.array(z.unknown()) });

/** A call as the practice tenant has logged it. */
export interface Logged {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly body?: unknown;
}

export interface Cost {
  /** What Graph counts against its limits: every part of a batch for itself. */
  readonly calls: number;
  /** What goes over the wire: up to twenty parts to a batch. */
  readonly requests: number;
  /** Decisions that Graph has taken. */
  readonly decided: number;
}

/** Counted where they arrive. A batch is logged as itself and part by part. */
export function costOf(log: readonly Logged[]): Cost {
  const batches = log.filter(({ path }) => path.endsWith('/$batch'));
  const parts = batches.reduce((sum, { body }) => sum + batch.parse(body).requests.length, 0);
  const isDecision = ({ method, path, status }: Logged): boolean =>
    method === 'PATCH' && path.includes('/decisions/') && status === 204;
  return {
    calls: log.length - batches.length,
    requests: log.length - parts,
    decided: log.filter(isDecision).length,
  };
}

/** What this work costs. */
export async function costIn(control: Remote, work: () => Promise<unknown>): Promise<Cost> {
  const since = await control.newestGraphCall();
  await work();
  return costOf(await control.graphCalls(since));
}

/** What it costs on top of what it costs anyway. */
export function less(all: Cost, usual: Cost): Cost {
  return {
    calls: all.calls - usual.calls,
    requests: all.requests - usual.requests,
    decided: all.decided - usual.decided,
  };
}

export function costText({ calls, requests }: Pick<Cost, 'calls' | 'requests'>): string {
  return `${short(calls)} (${short(requests)})`;
}
