import type { Head } from '../../src/audit/verify.js';
import type { Clock } from '../../src/base/clock.js';
import { type Config, type Env, readConfig } from '../../src/base/config.js';
import type { Flow } from '../../src/flows/flow.js';
import type { AppTokens } from '../../src/identity/tokens.js';
import type { Policy } from '../../src/policy/policy.js';
import { checkCertificate } from './check-certificate.js';
import { checkConfig } from './check-config.js';
import { checkDataFolder } from './check-data-folder.js';
import { checkChannelMetadata, checkSignInMetadata } from './check-metadata.js';
import { checkNode } from './check-node.js';
import { checkApplication, checkDelegated, checkNoWrite, consentUnseen } from './check-permissions.js';
import { checkPolicy } from './check-policy.js';
import { checkPublicUrl } from './check-public-url.js';
import { checkServiceHosts } from './check-service-hosts.js';
import { checkStore } from './check-store.js';
import { checkToken, graphScope, rolesIn, teamsScope } from './check-tokens.js';
import { readConsent } from './consent.js';
import { type Finding, safely, warning } from './finding.js';
import type { Fetch } from './look.js';
import { applicationNeeds, delegatedNeeds } from './needs.js';

export interface Patient {
  readonly env: Env;
  readonly nodeVersion: string;
  /** The settings point at a practice tenant on this machine. */
  readonly practice: boolean;
  readonly flows: readonly Flow[];
  /** Lent by an administrator for this run, to see the consents. */
  readonly adminToken: string | undefined;
  /** The end of the record as it was noted down earlier, somewhere else. */
  readonly knownHead: Head | undefined;
}

export interface Instruments {
  readonly fetch: Fetch;
  readonly clock: Clock;
  tokensFor(config: Config): AppTokens;
}

/** Everything that can be known from outside, in the order in which a person would repair it. */
export async function examine(patient: Patient, instruments: Instruments): Promise<readonly Finding[]> {
  const read = readConfig(patient.env);
  const first = [...checkNode(patient.nodeVersion), ...checkConfig(read)];
  if (read.kind === 'problems') return first;
  const { config } = read;
  const { findings, policy } = await checkPolicy(config.policyFile);
  const hosts = checkServiceHosts(config, patient.practice);
  const groups = await Promise.all([
    hosts,
    safely('certificate.file', () => certificate(config, instruments)),
    safely('data.folder', () => folder(config)),
    safely('store.opens', () => checkStore(config.store, patient.knownHead)),
    safely('metadata.sign-in', () => checkSignInMetadata(config.identity, instruments)),
    safely('metadata.teams', () => checkChannelMetadata(config.bot.channelMetadataUrl, instruments.fetch)),
    safely('tokens.graph', () =>
      hosts.some(({ kind }) => kind === 'error')
        ? notTried()
        : rights({ patient, config, policy }, instruments),
    ),
    safely('public.address', () =>
      checkPublicUrl(config.bot.publicUrl, { fetch: instruments.fetch, practice: patient.practice }),
    ),
  ]);
  return [...first, ...findings, ...groups.flat()];
}

async function certificate({ identity }: Config, { clock }: Instruments): Promise<readonly Finding[]> {
  return identity.credential.kind === 'certificate' ? checkCertificate(identity.credential.file, clock) : [];
}

/** No credential, and no administrator's token, is sent to an address that may belong to somebody else. */
function notTried(): readonly Finding[] {
  const what = 'The credential was not tried.';
  const why = 'It would have been sent to the addresses that service.hosts complains of.';
  return [warning('tokens.graph', { what, why, fix: 'Settle service.hosts first.' })];
}

async function folder({ store }: Config): Promise<readonly Finding[]> {
  return store.kind === 'sqlite' ? checkDataFolder(store.folder) : [];
}

interface Case {
  readonly patient: Patient;
  readonly config: Config;
  /** Unknown when its file cannot be read; then nobody knows what is needed either. */
  readonly policy: Policy | undefined;
}

/** Tokens first: what they open is only known once they are there. */
async function rights(about: Case, instruments: Instruments): Promise<readonly Finding[]> {
  const tokens = instruments.tokensFor(about.config);
  const [graph, teams] = await Promise.all([
    checkToken('tokens.graph', graphScope, tokens),
    checkToken('tokens.teams', teamsScope, tokens),
  ]);
  const both = [...graph.findings, ...teams.findings];
  return graph.token === undefined
    ? both
    : [...both, ...(await permissions(about, graph.token, instruments.fetch))];
}

async function permissions(
  { patient, config, policy }: Case,
  token: string,
  fetch: Fetch,
): Promise<readonly Finding[]> {
  const place = {
    graphUrl: config.graphUrl,
    appId: config.identity.appId,
    bearer: patient.adminToken ?? token,
    fetch,
  };
  const consent = await readConsent(place);
  // The directory knows of a grant at once; a token may be an hour old.
  const held = consent.kind === 'seen' ? consent.application : rolesIn(token);
  const write = checkNoWrite(held, consent.kind === 'seen' ? consent.elsewhere : []);
  if (policy === undefined) return write;
  return [
    ...write,
    ...checkApplication(held, applicationNeeds(patient.flows, policy.flows)),
    ...(consent.kind === 'seen'
      ? checkDelegated(consent.forEverybody, delegatedNeeds(patient.flows, policy), consent.resources)
      : [consentUnseen(consent.said)]),
  ];
}
