import { z } from 'zod/v4';
import { second } from '../base/clock.js';
import { isAppError, withReference } from '../base/errors.js';
import type { JobHandler } from '../jobs/job.js';
import { flowError } from './errors.js';
import type { Flow, House, Request, Verb } from './flow.js';
import { verb } from './flow.js';
import { meet, place } from './people.js';
import { reconcile, tellFailure } from './reconcile.js';
import { recordRefusal } from './refused.js';
import type { HouseServices, Turn } from './turn.js';

/** Teams gives up at 10 to 15 s, and a late answer is worse than one that says "on its way". */
const answerWithinMs = 8 * second;

/** What the flows that are switched on offer to somebody who does not know what to write. */
function helpWith(services: HouseServices, flows: readonly Flow[]): Verb {
  const on = flows.filter(({ name }) => services.policy.flows[name] !== 'off');
  const suggestions = on.flatMap((flow) => flow.suggests);
  return verb({
    name: 'house.help',
    scopes: [],
    input: z.object({}),
    run: async () => ({ kind: 'card', card: { template: 'shared/help', view: { suggestions } } }),
  });
}

/** Joins the flows: which verb a click means, which words a message means, and what is written when it is refused. */
export function createHouse(services: HouseServices, flows: readonly Flow[]): House {
  const help = helpWith(services, flows);
  const verbs = byName([help, ...flows.flatMap((flow) => flow.verbs)]);
  const files = byName(flows.flatMap((flow) => flow.files ?? []));
  return {
    hear: (text) => firstHeard(flows, text) ?? { verb: help.name, data: {} },
    run: (request) =>
      orRecorded(services, request, (reference) => dispatch(services, verbs, request, reference)),
    handOver: (request, drive) =>
      orRecorded(services, request, async (reference) => {
        drive.check();
        const content = await dispatch(services, files, request, reference);
        if (content === undefined) return 'under-way';
        await drive.put(content);
        return 'saved';
      }),
    placed: (ref, where) => place(services, ref, where),
    met: (actor, contact) => meet(services, actor, contact),
  };
}

/** The background work of all flows, and the healing of their effects. */
export function houseJobs(services: HouseServices, flows: readonly Flow[]): Record<string, JobHandler> {
  const effects = new Map(flows.flatMap((flow) => flow.effects).map((effect) => [effect.name, effect]));
  const jobs = flows.flatMap((flow) => Object.entries(flow.jobs));
  return {
    'claim.reconcile': reconcile(services, effects),
    'claim.tell': tellFailure(services, effects),
    ...Object.fromEntries(jobs.map(([kind, make]) => [kind, make(services)])),
  };
}

function firstHeard(flows: readonly Flow[], text: string) {
  for (const flow of flows) {
    const command = flow.hears(text);
    if (command !== undefined) return command;
  }
  return undefined;
}

function byName<Result>(all: readonly Verb<unknown, Result>[]): ReadonlyMap<string, Verb<unknown, Result>> {
  return new Map(all.map((each) => [each.name, each]));
}

async function orRecorded<Result>(
  services: HouseServices,
  request: Request,
  work: (reference: string) => Promise<Result>,
): Promise<Result> {
  const reference = services.ids.guid();
  try {
    return await work(reference);
  } catch (error) {
    if (!isAppError(error)) throw error;
    // What Graph and the sign-in say no to has lines of its own, or never was an action.
    if (error.retry === 'no' && !/^(graph|identity)\./.test(error.code)) {
      await recordRefusal(services, request, { reference, code: error.code, basis: [] });
    }
    throw withReference(error, reference);
  }
}

async function dispatch<Result>(
  services: HouseServices,
  table: ReadonlyMap<string, Verb<unknown, Result>>,
  { actor, command, place, language }: Request,
  reference: string,
): Promise<Result> {
  const found = table.get(command.verb);
  if (found === undefined) throw flowError('flows.unknown-verb');
  const input = found.input.safeParse(command.data);
  if (!input.success) throw flowError('flows.bad-input', input.error);
  const graph = services.graph.as(actor, found.scopes, reference);
  const answerBy = services.clock.now().getTime() + answerWithinMs;
  const turn: Turn = { services, actor, verb: found.name, place, language, graph, reference, answerBy };
  return found.run(turn, input.data);
}
