import assert from 'node:assert/strict';
import { type Practice, startPractice } from '../../practice/practice.js';
import { tenantId } from '../../practice/world/people.js';
import { checkChannelMetadata, checkSignInMetadata } from '../../scripts/doctor/check-metadata.js';
import { checkPublicUrl } from '../../scripts/doctor/check-public-url.js';
import { systemClock } from '../../src/base/clock.js';
import { type RemoteControl, remoteControl } from '../support/remote-control.js';
import { tempFolder } from '../support/temp-folder.js';
import { type Answering, answering } from './answering.js';
import { sentences, told } from './told.js';

describe('doctor: what can be reached', () => {
  const folder = tempFolder();
  let practice: Practice;
  let remote: RemoteControl;
  before(async () => {
    practice = await startPractice({ port: 0, botUrl: 'http://127.0.0.1:9', dataDir: folder.path });
    remote = remoteControl(practice.url);
  });
  after(async () => {
    await practice.close();
    folder.remove();
  });
  afterEach(() => remote.clearFaults());

  const fail = (service: string, status: number) => remote.fault({ match: { service }, do: { status } });

  describe('signing keys of Teams', () => {
    const judge = () =>
      checkChannelMetadata(`${practice.url}/connector/v1/.well-known/openidconfiguration`, fetch);

    it('is content when there is a key that may speak for Teams', async () => {
      assert.deepEqual(told(await judge()), ['ok metadata.teams']);
    });

    it('says that the endpoint is down', async () => {
      await fail('connector', 503);
      const findings = await judge();
      assert.deepEqual(told(findings), ['error metadata.teams']);
      assert.match(sentences(findings), /answered 503/);
    });

    it('refuses keys from another address than the one that is trusted', async () => {
      const other = await answering({ body: { jwks_uri: 'https://keys.evil.example/keys' } });
      assert.deepEqual(told(await checkChannelMetadata(other.url, fetch)), ['error metadata.teams']);
      await other.close();
    });
  });

  it('refuses signing keys that may not speak for Teams', async () => {
    const keys = await (await fetch(`${practice.url}/sts/${tenantId}/discovery/v2.0/keys`)).json();
    const pages: Record<string, unknown> = { '/keys': keys };
    const other = await answering({ pages });
    pages['/metadata'] = { jwks_uri: `${other.url}/keys` };
    const findings = await checkChannelMetadata(`${other.url}/metadata`, fetch);
    assert.deepEqual(told(findings), ['error metadata.teams']);
    assert.match(sentences(findings), /none of the keys may speak for Teams/);
    await other.close();
  });

  describe('sign-in service and clock', () => {
    const judge = (tenant = tenantId) =>
      checkSignInMetadata(
        { signInUrl: `${practice.url}/sts`, tenantId: tenant },
        { fetch, clock: systemClock },
      );

    it('is content when it knows the tenant and the time is right', async () => {
      assert.deepEqual(told(await judge()), ['ok metadata.sign-in', 'ok clock.skew']);
    });

    it('says that it is down', async () => {
      await fail('sts', 503);
      assert.deepEqual(told(await judge()), ['error metadata.sign-in']);
    });

    it('says that nothing answers there', async () => {
      const place = { signInUrl: 'http://127.0.0.1:9', tenantId };
      const findings = await checkSignInMetadata(place, { fetch, clock: systemClock });
      assert.deepEqual(told(findings), ['error metadata.sign-in']);
    });

    it('refuses an answer for another tenant', async () => {
      const body = { issuer: 'https://login.microsoftonline.com/another/v2.0' };
      const other = await answering({ body });
      const place = { signInUrl: other.url, tenantId };
      const findings = await checkSignInMetadata(place, { fetch, clock: systemClock });
      assert.deepEqual(told(findings), ['error metadata.sign-in']);
      await other.close();
    });

    it('refuses a clock that is more than two minutes off', async () => {
      const fast = { now: () => new Date(Date.now() + 150_000) };
      const place = { signInUrl: `${practice.url}/sts`, tenantId };
      const findings = await checkSignInMetadata(place, { fetch, clock: fast });
      assert.deepEqual(told(findings), ['ok metadata.sign-in', 'error clock.skew']);
      assert.match(sentences(findings), /off by 15\d s/);
    });
  });

  describe('public address', () => {
    let bot: Answering;
    beforeEach(async () => {
      bot = await answering({ path: '/healthz' });
    });
    afterEach(() => bot.close());

    it('may be on this machine in practice mode only', async () => {
      const judge = async (practiceMode: boolean) =>
        told(await checkPublicUrl(bot.url, { fetch, practice: practiceMode }));
      assert.deepEqual(await judge(true), ['ok public.address', 'ok public.health']);
      assert.deepEqual(await judge(false), ['error public.address', 'ok public.health']);
    });

    it('must be https', async () => {
      const answer = async () => new Response('', { status: 200 });
      const judge = async (url: string) =>
        told(await checkPublicUrl(url, { fetch: answer, practice: false }));
      assert.deepEqual(await judge('https://bot.contoso.example'), ['ok public.address', 'ok public.health']);
      assert.deepEqual(await judge('http://bot.contoso.example'), [
        'error public.address',
        'ok public.health',
      ]);
    });

    it('must lead to the bot', async () => {
      const elsewhere = await answering({ path: '/another' });
      const findings = await checkPublicUrl(elsewhere.url, { fetch, practice: true });
      assert.deepEqual(told(findings), ['ok public.address', 'error public.health']);
      await elsewhere.close();
      const gone = await checkPublicUrl(elsewhere.url, { fetch, practice: true });
      assert.deepEqual(told(gone), ['ok public.address', 'error public.health']);
    });
  });
});
