import assert from 'node:assert/strict';
import path from 'node:path';
import { flows } from '../../bot/flows.js';
import { type Practice, startPractice } from '../../practice/practice.js';
import { examine, type Instruments, type Patient } from '../../scripts/doctor/examine.js';
import type { Finding } from '../../scripts/doctor/finding.js';
import { settings } from '../../scripts/doctor/settings.js';
import { practiceEnvironment } from '../../scripts/practice-environment.js';
import { systemClock } from '../../src/base/clock.js';
import { createLog } from '../../src/base/log.js';
import { createIdentity } from '../../src/identity/create-identity.js';
import { openStore } from '../../src/store/open-store.js';
import { type RemoteControl, remoteControl } from '../support/remote-control.js';
import { tempFolder } from '../support/temp-folder.js';
import { type Answering, answering } from './answering.js';
import { sentences, told } from './told.js';

const instruments: Instruments = {
  fetch,
  clock: systemClock,
  tokensFor: ({ identity }) =>
    createIdentity(identity, { clock: systemClock, log: createLog({ level: 'silent' }) }).appTokens,
};

describe('doctor: a whole bot on the practice tenant', () => {
  const folder = tempFolder();
  let practice: Practice;
  let remote: RemoteControl;
  let bot: Answering;
  before(async () => {
    bot = await answering({ path: '/healthz' });
    practice = await startPractice({ port: 0, botUrl: bot.url, dataDir: path.join(folder.path, 'practice') });
    remote = remoteControl(practice.url);
  });
  after(async () => {
    await practice.close();
    await bot.close();
    folder.remove();
  });
  beforeEach(() => remote.reset());

  const env = () =>
    practiceEnvironment({
      practiceUrl: practice.url,
      botPort: Number(new URL(bot.url).port),
      data: folder.path,
    });
  const look = (
    more: Record<string, string> = {},
    patient: Partial<Patient> = {},
  ): Promise<readonly Finding[]> =>
    examine(
      {
        env: { ...env(), ...more },
        nodeVersion: 'v22.12.0',
        practice: true,
        flows,
        adminToken: undefined,
        knownHead: undefined,
        ...patient,
      },
      instruments,
    );
  const about = (findings: readonly Finding[], id: string) =>
    told(findings.filter((finding) => finding.id === id));
  const consents = (body: object) => remote.post('/consents', body);

  it('finds nothing wrong', async () => {
    const findings = await look();
    assert.deepEqual(about(findings, 'tokens.graph'), ['ok tokens.graph']);
    assert.deepEqual(about(findings, 'tokens.teams'), ['ok tokens.teams']);
    assert.deepEqual(
      told(findings).filter((line) => line.startsWith('error')),
      [],
    );
  });

  it('says that it may not see the consents, and what to do', async () => {
    const findings = await look();
    assert.deepEqual(about(findings, 'permissions.delegated'), ['warning permissions.delegated']);
    assert.match(sentences(findings), /LATCHKEY_DOCTOR_TOKEN/);
  });

  it('sees a delegated consent that is missing, once it may look', async () => {
    await consents({ application: { grant: ['Application.Read.All'] } });
    const scope = 'EntitlementManagement.ReadWrite.All';
    assert.doesNotMatch(sentences(await look()), /no consent for everybody/);
    await consents({ delegated: { withdraw: [scope] } });
    const findings = await look();
    assert.ok(about(findings, 'permissions.delegated').includes('error permissions.delegated'));
    assert.match(sentences(findings), new RegExp(`no consent for everybody.*${scope}`));
  });

  it('compares consent for Azure, which has a service principal and a grant of its own', async () => {
    const scope = 'https://management.azure.com/user_impersonation';
    await consents({ application: { grant: ['Application.Read.All'] } });
    assert.doesNotMatch(sentences(await look()), /user_impersonation/, 'neither unchecked nor too much');
    await consents({ delegated: { withdraw: [scope] } });
    const missing = sentences(await look());
    assert.match(missing, new RegExp(`no consent for everybody for the delegated permission ${scope}`));
    assert.doesNotMatch(missing, /was not checked/);
  });

  it('sees an application permission that is missing', async () => {
    await consents({ application: { withdraw: ['GroupMember.Read.All'] } });
    assert.match(sentences(await look()), /permission GroupMember\.Read\.All is not granted/);
  });

  it('refuses a bot that could approve by itself, whether it may see the consents or not', async () => {
    await consents({ application: { grant: ['EntitlementManagement.ReadWrite.All'] } });
    assert.deepEqual(about(await look(), 'permissions.write'), ['error permissions.write']);
    await consents({ application: { grant: ['Application.Read.All'] } });
    assert.deepEqual(about(await look(), 'permissions.write'), ['error permissions.write']);
  });

  it('refuses a wrong secret without printing it', async () => {
    const findings = await look({ MICROSOFT_APP_PASSWORD: 'hunter2' });
    assert.deepEqual(about(findings, 'tokens.graph'), ['error tokens.graph']);
    assert.deepEqual(about(findings, 'tokens.teams'), ['error tokens.teams']);
    assert.match(sentences(findings), /AADSTS7000215/);
    assert.doesNotMatch(sentences(findings), /hunter2/);
  });

  it('still finds the rest while the sign-in service is away', async () => {
    await remote.fault({ match: { service: 'sts' }, do: { status: 503 }, times: 50 });
    const findings = await look();
    assert.deepEqual(about(findings, 'metadata.sign-in'), ['error metadata.sign-in']);
    assert.deepEqual(about(findings, 'tokens.graph'), ['error tokens.graph']);
    assert.deepEqual(about(findings, 'metadata.teams'), ['ok metadata.teams']);
  });

  it('sends no credential to an address it does not trust', async () => {
    const seen = (await remote.requests('sts')).length;
    const findings = await look({}, { practice: false, adminToken: 'lent' });
    assert.deepEqual(about(findings, 'tokens.graph'), ['warning tokens.graph']);
    const tokens = (await remote.requests('sts')).slice(seen).filter(({ method }) => method === 'POST');
    assert.deepEqual(tokens, []);
  });

  it('looks at the consents with the token an administrator lent', async () => {
    assert.match(sentences(await look()), /consents of the bot \(it answered 403\)/);
    assert.match(
      sentences(await look({}, { adminToken: 'no-token' })),
      /consents of the bot \(it answered 401\)/,
    );
  });

  it('misses lines of the record that were noted down earlier', async () => {
    await (await openStore({ dataDir: folder.path })).close();
    assert.deepEqual(about(await look(), 'record.intact'), ['ok record.intact']);
    const knownHead = { seq: 9, hash: '0'.repeat(64) };
    assert.deepEqual(about(await look({}, { knownHead }), 'record.intact'), ['error record.intact']);
  });

  it('stops at settings that cannot be read', async () => {
    const findings = await look({ MICROSOFT_APP_ID: '' });
    assert.deepEqual(told(findings), ['ok node.version', 'error config.settings']);
  });

  describe('without any settings', () => {
    it('examines the practice tenant that runs here', async () => {
      const found = await settings({ PRACTICE_PORT: String(practice.port) }, fetch);
      assert.equal(found.practice, true);
      assert.equal(found.env.LATCHKEY_SIGN_IN_URL, `${practice.url}/sts`);
    });

    it('leaves it alone when there are settings, in production, or when none runs', async () => {
      const port = String(practice.port);
      for (const given of [
        { PRACTICE_PORT: port, MICROSOFT_APP_ID: 'mine' },
        { PRACTICE_PORT: port, NODE_ENV: 'production' },
        { PRACTICE_PORT: '1' },
      ]) {
        assert.deepEqual(await settings(given, fetch), { env: given, practice: false });
      }
    });
  });
});
