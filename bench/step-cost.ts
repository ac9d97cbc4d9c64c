import { type Cost, costOf } from './graph-cost.js';
import type { Remote } from './remote.js';

export interface Step {
  readonly ms: number;
  /** Of Graph, until everybody concerned knows; with what background jobs did meanwhile. */
  readonly cost: Cost;
  /** Of Azure. */
  readonly azure: number;
}

/** Begins to count; the answer ends it. */
export async function costSince(control: Remote): Promise<() => Promise<Pick<Step, 'cost' | 'azure'>>> {
  const newest = await control.newestGraphCall();
  const since = (await control.calls(newest)).at(-1)?.id ?? newest;
  return async () => {
    const calls = await control.calls(since);
    return {
      cost: costOf(calls.filter(({ service }) => service === 'graph')),
      azure: calls.filter(({ service }) => service === 'azure').length,
    };
  };
}
