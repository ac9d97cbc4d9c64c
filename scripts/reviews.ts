import { parseArgs } from 'node:util';
import { systemClock } from '../src/base/clock.js';
import { isAppError } from '../src/base/errors.js';
import { loadPolicy } from '../src/policy/load-policy.js';
import { Mistake, runCommand } from './command.js';
import { planRows, qualityRows } from './reviews/read.js';
import { asReader, type Setup } from './reviews/setup.js';
import { planText, qualityText } from './reviews/text.js';

/** `npm run reviews -- quality | plan`: the same as the cards, as data. Reads Entra with the app's own token, changes nothing. */

const usage = `npm run reviews -- quality [--review <definition id>] [--json]
npm run reviews -- plan [--json]

quality   how well reviews were decided: the newest one of every series, or all of one series
plan      which groups of the policy file are reviewed less often than their tier asks

Uses the settings of the bot; without MICROSOFT_APP_ID the practice tenant on this machine.
Exit code: 0 done, 1 the plan has groups that lack a review, 2 nothing could be read.`;

type Order =
  | { readonly kind: 'quality'; readonly json: boolean; readonly review?: string }
  | { readonly kind: 'plan'; readonly json: boolean };

async function main(args: readonly string[]): Promise<number> {
  const order = readOrder(args);
  const setup = await asReader(process.env);
  return order.kind === 'quality' ? quality(setup, order) : plan(setup, order);
}

function readOrder(args: readonly string[]): Order {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { review: { type: 'string' }, json: { type: 'boolean', default: false } },
  });
  const [command, ...more] = positionals;
  if (more.length > 0) throw new Mistake(`There is one word too many: ${more[0]}.`);
  const { json, review } = values;
  if (command === 'quality') return { kind: 'quality', json, ...(review === undefined ? {} : { review }) };
  if (command !== 'plan') throw new Mistake(`Say quality or plan.\n\n${usage}`);
  if (review !== undefined) throw new Mistake('--review belongs to quality.');
  return { kind: 'plan', json };
}

async function quality({ reader }: Setup, { json, review }: Extract<Order, { kind: 'quality' }>) {
  const reviews = await qualityRows(reader, review);
  console.log(json ? asJson({ reviews }) : qualityText(reviews));
  return 0;
}

async function plan({ reader, config }: Setup, { json }: Order): Promise<number> {
  const groups = await planRows(reader, await loadPolicy(config.policyFile), systemClock.now());
  console.log(json ? asJson({ groups }) : planText(groups));
  return groups.every(({ enough }) => enough) ? 0 : 1;
}

function asJson(data: object): string {
  return JSON.stringify(data, undefined, 2);
}

function explain(error: unknown): string | undefined {
  return isAppError(error) && error.code === 'graph.not-found' ? 'Entra knows no such review.' : undefined;
}

await runCommand({ main, usage, explain });
