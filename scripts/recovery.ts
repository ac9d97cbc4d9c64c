import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { systemClock } from '../src/base/clock.js';
import { recoveriesOf } from '../src/flows/recovery/report/recoveries.js';
import { passkeyCsv } from '../src/insight/passkey-csv.js';
import { passkeyReport, type Recoveries } from '../src/insight/passkey-report.js';
import { Mistake, runCommand } from './command.js';
import { lookInStore } from './look-in-store.js';
import { readEverybody } from './recovery/read.js';
import { reportData, reportText } from './recovery/text.js';
import { asReader } from './reviews/setup.js';

/** `npm run recovery -- report`: the same as the card, of this moment. Reads Entra with the app's own token, changes nothing. */

const usage = `npm run recovery -- report [--csv <file>] [--json]

report   who signs in with a passkey and of which make, who has only one, administrators without a device-bound one,
         keys whose firmware is in an advisory, and who still signs in with text messages or a password alone

--csv    one line a person, into that file
--json   the numbers and names as data

Entra lets a tenant read how five people sign in every ten seconds: for many it takes a while, and says how far it is.
Uses the settings of the bot; without MICROSOFT_APP_ID the practice tenant on this machine.
Exit code: 0 nothing to put right, 1 there is, 2 something could not be read.`;

const nothingKnown: Recoveries = { days: 0, cases: 0, passes: 0, used: 0, byPerson: new Map() };

async function main(args: readonly string[]): Promise<number> {
  const { json, csv } = readOrder(args);
  const { config, reader } = await asReader(process.env);
  const say = (line: string): void => console.error(line);
  const { people, failed } = await readEverybody(reader, say);
  const recoveries =
    (await lookInStore(config.store, (db) => recoveriesOf(db, systemClock.now()))) ?? nothingKnown;
  const report = passkeyReport(people, recoveries);
  if (csv !== undefined) await save(csv, passkeyCsv(people, recoveries));
  console.log(
    json
      ? JSON.stringify(reportData(report, recoveries, failed), undefined, 2)
      : reportText(report, recoveries, failed),
  );
  if (csv !== undefined) say(`Written to ${csv}.`);
  if (failed > 0) return 2;
  const { adminsWithout, advisory, passwordOnly } = report;
  return adminsWithout.length + advisory.length + passwordOnly.length === 0 ? 0 : 1;
}

/** It names who is easy to attack: nobody else on this machine reads it. */
async function save(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { mode: 0o600 });
  } catch (error) {
    throw new Mistake(
      `${file} could not be written: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function readOrder(args: readonly string[]): { readonly json: boolean; readonly csv: string | undefined } {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false }, csv: { type: 'string' } },
  });
  const [command, ...more] = positionals;
  if (more.length > 0) throw new Mistake(`There is one word too many: ${more[0]}.`);
  if (command !== 'report') throw new Mistake(`Say report.\n\n${usage}`);
  if (values.csv === '') throw new Mistake('Say which file: --csv and its name.');
  return { json: values.json, csv: values.csv };
}

await runCommand({ main, usage });
