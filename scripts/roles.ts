import { parseArgs } from 'node:util';
import { systemClock } from '../src/base/clock.js';
import type { Config } from '../src/base/config.js';
import { isAppError } from '../src/base/errors.js';
import { createLog } from '../src/base/log.js';
import {
  collectFindings,
  type Findings,
  type Known,
  knownActivations,
} from '../src/flows/pim/findings/collect.js';
import { loadPolicy } from '../src/policy/load-policy.js';
import { Mistake, runCommand } from './command.js';
import { lookInStore } from './look-in-store.js';
import { asReader } from './reviews/setup.js';
import { findingsText } from './roles/text.js';

/** `npm run roles -- findings`: the same as the card, as data. Reads Entra with the app's own token, changes nothing. */

const usage = `npm run roles -- findings [--json]

findings   roles that nobody activates, that people have all the time, or that are too easy to activate

Uses the settings of the bot; without MICROSOFT_APP_ID the practice tenant on this machine.
Exit code: 0 nothing to put right, 1 there are findings, 2 something could not be read.`;

async function main(args: readonly string[]): Promise<number> {
  const { json } = readOrder(args);
  const { config, reader } = await asReader(process.env);
  const now = systemClock.now();
  const found = await collectFindings({
    readers: { lists: reader, rules: reader },
    policy: await loadPolicy(config.policyFile),
    known: await known(config, now),
    now,
    log: createLog({ level: 'silent' }),
  });
  console.log(json ? JSON.stringify(found, undefined, 2) : findingsText(found));
  return codeOf(found);
}

async function known({ store }: Config, now: Date): Promise<Known> {
  const found = await lookInStore(store, (db) => knownActivations(db, now));
  return found ?? { activated: [], since: now.getTime() };
}

function codeOf({ missing, unused, standing, weak }: Findings): number {
  if (missing.role || missing.group) return 2;
  return unused.length + standing.length + weak.length === 0 ? 0 : 1;
}

function readOrder(args: readonly string[]): { readonly json: boolean } {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false } },
  });
  const [command, ...more] = positionals;
  if (more.length > 0) throw new Mistake(`There is one word too many: ${more[0]}.`);
  if (command !== 'findings') throw new Mistake(`Say findings.\n\n${usage}`);
  return { json: values.json };
}

function explain(error: unknown): string | undefined {
  return isAppError(error) && error.code === 'pim.findings-closed'
    ? 'Entra does not let the app list who has which role. `npm run doctor` says which permission is missing.'
    : undefined;
}

await runCommand({ main, usage, explain });
