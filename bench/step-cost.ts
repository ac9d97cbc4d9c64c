import { type Cost, costOf, costText } from './graph-cost.js';
import { quantile, short } from './page.js';
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

/** The middle of what these cost; the time of the slowest against the limit, of the middle one, and of the slowest. */
export function pressCells(steps: readonly Step[], limit: number) {
  const middle = (value: (step: Step) => number) => quantile(steps.map(value), 0.5);
  const worst = Math.max(...steps.map(({ ms }) => ms));
  return {
    calls: costText({
      calls: middle(({ cost }) => cost.calls),
      requests: middle(({ cost }) => cost.requests),
    }),
    azure: short(middle(({ azure }) => azure)),
    times: [worst / limit, middle(({ ms }) => ms), worst].map(short),
  };
}
