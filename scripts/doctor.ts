import { flows } from '../bot/flows.js';
import type { Head } from '../src/audit/verify.js';
import { systemClock } from '../src/base/clock.js';
import { createLog } from '../src/base/log.js';
import { createIdentity } from '../src/identity/create-identity.js';
import { examine, type Instruments } from './doctor/examine.js';
import { asJson, asText, exitCode } from './doctor/report.js';
import { settings } from './doctor/settings.js';

const instruments: Instruments = {
  fetch,
  clock: systemClock,
  tokensFor: ({ identity }) =>
    createIdentity(identity, { clock: systemClock, log: createLog({ level: 'silent' }) }).appTokens,
};

/** `npm run doctor [-- --json] [-- --head <line>:<hash>]`: is this bot set up so that it works, and so that it is safe? */
async function main(): Promise<void> {
  const json = process.argv.includes('--json');
  const { env, practice } = await settings(process.env, fetch);
  if (practice && !json)
    console.log('No MICROSOFT_APP_ID is set: examining the practice tenant on this machine.\n');
  const patient = {
    env,
    practice,
    nodeVersion: process.version,
    flows,
    knownHead: headIn(process.argv),
    adminToken: process.env.LATCHKEY_DOCTOR_TOKEN || undefined,
  };
  const findings = await examine(patient, instruments);
  console.log(json ? asJson(findings) : asText(findings));
  process.exitCode = exitCode(findings);
}

function headIn(argv: readonly string[]): Head | undefined {
  const at = argv.indexOf('--head');
  if (at === -1) return undefined;
  const [, seq, hash] = /^(\d+):([0-9a-f]{64})$/.exec(argv[at + 1] ?? '') ?? [];
  if (seq === undefined || hash === undefined)
    throw new Error('--head needs <line>:<hash>, as the doctor printed it.');
  return { seq: Number(seq), hash };
}

await main();
