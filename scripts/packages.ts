import { parseArgs } from 'node:util';
import { z } from 'zod/v4';
import { systemClock } from '../src/base/clock.js';
import { isAppError } from '../src/base/errors.js';
import { createLog } from '../src/base/log.js';
import { type CollectedUse, collectUse } from '../src/flows/packages/owned/collect.js';
import { packageById } from '../src/graph/entitlement.js';
import { loadPolicy } from '../src/policy/load-policy.js';
import { Mistake, runCommand } from './command.js';
import { useText } from './packages/text.js';
import { asReader } from './reviews/setup.js';

/** `npm run packages -- use`: the same as the owner's card, as data. Reads Entra with the app's own token, changes nothing. */

const usage = `npm run packages -- use --package <id> [--json]

use   who has the package, who is near its end, who does not use it, and how long people wait for it

Uses the settings of the bot; without MICROSOFT_APP_ID the practice tenant on this machine.
Exit code: 0 nothing to put right, 1 somebody does not use it or a delivery failed, 2 something could not be read.`;

async function main(args: readonly string[]): Promise<number> {
  const { json, packageId } = readOrder(args);
  const { config, reader } = await asReader(process.env);
  const policy = await loadPolicy(config.policyFile);
  const { id, name } = await packageById(reader, packageId);
  const use = await collectUse({
    lists: reader,
    people: reader,
    policy,
    packageId: id,
    now: systemClock.now(),
    log: createLog({ level: 'silent' }),
    late: () => false,
  });
  const found = { package: { id, name }, ...use };
  console.log(json ? JSON.stringify(found, undefined, 2) : useText(found));
  return codeOf(use);
}

function codeOf({ missing, cut, neverUsed, longUnused, failed }: CollectedUse): number {
  if (missing.signIns || missing.requests || cut.holders || cut.requests) return 2;
  return neverUsed + longUnused + failed.length === 0 ? 0 : 1;
}

function readOrder(args: readonly string[]): { readonly json: boolean; readonly packageId: string } {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { package: { type: 'string' }, json: { type: 'boolean', default: false } },
  });
  const [command, ...more] = positionals;
  if (more.length > 0) throw new Mistake(`There is one word too many: ${more[0]}.`);
  if (command !== 'use') throw new Mistake(`Say use.\n\n${usage}`);
  const id = z.guid().safeParse(values.package);
  if (!id.success) throw new Mistake('Say which package: --package and its id, as in My Access or Entra.');
  return { json: values.json, packageId: id.data.toLowerCase() };
}

function explain(error: unknown): string | undefined {
  if (!isAppError(error)) return undefined;
  if (error.code === 'graph.not-found') return 'Entra knows no such package.';
  return error.code === 'packages.owned-closed'
    ? 'Entra does not let the app list who has a package. `npm run doctor` says which permission is missing.'
    : undefined;
}

await runCommand({ main, usage, explain });
