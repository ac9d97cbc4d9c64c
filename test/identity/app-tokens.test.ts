import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import jwt from 'jsonwebtoken';
import { minute } from '../../src/base/clock.js';
import type { Credential } from '../../src/base/config.js';
import { createAppTokens } from '../../src/identity/app-tokens.js';
import { createCredentials } from '../../src/identity/credentials.js';
import { createTokenService } from '../../src/identity/token-service.js';
import type { AppTokens } from '../../src/identity/tokens.js';
import { type TempFolder, tempFolder } from '../support/temp-folder.js';
import { certificateFile } from './certificate.js';
import { appId, identityConfig } from './people.js';
import { type HeardLog, heardLog, type MovableClock, movableClock } from './ports.js';
import { refusal, type Sts, startSts } from './sts.js';

const graph = 'https://graph.microsoft.com/.default';

describe("the bot's own tokens", () => {
  let sts: Sts;
  let clock: MovableClock;
  let log: HeardLog;
  let folder: TempFolder;

  beforeEach(async () => {
    sts = await startSts();
    clock = movableClock();
    log = heardLog();
    folder = tempFolder();
  });
  afterEach(async () => {
    folder.remove();
    await sts.close();
  });

  function appTokens(credential: Credential = { kind: 'secret', secret: 'the-bots-own-secret' }): AppTokens {
    const service = createTokenService({ signInUrl: sts.url });
    const credentials = createCredentials({ ...identityConfig(sts.url), credential }, service.options);
    return createAppTokens({ credentials, service, clock, log });
  }

  it('are asked for once a resource, however many need them at the same moment', async () => {
    const tokens = appTokens();
    const all = await Promise.all(Array.from({ length: 10 }, () => tokens.tokenFor(graph)));
    assert.equal(new Set(all).size, 1);
    await tokens.tokenFor('https://api.botframework.com/.default');
    assert.deepEqual(
      sts.asked.map(({ scope }) => scope?.split(' ')[0]),
      [graph, 'https://api.botframework.com/.default'],
    );
  });

  it('are renewed ahead of time, while the old one still works', async () => {
    const tokens = appTokens();
    await tokens.tokenFor(graph);
    clock.advance(52 * minute);
    assert.equal(await tokens.tokenFor(graph), 'secret-access-token-1');
    while ((await tokens.tokenFor(graph)) === 'secret-access-token-1') await new Promise(setImmediate);
    assert.equal(sts.asked.length, 2);
  });

  it('outlast a short outage of the sign-in service', async () => {
    const tokens = appTokens();
    await tokens.tokenFor(graph);
    sts.onRequest(() => ({ status: 503, body: {} }));
    clock.advance(52 * minute);
    assert.equal(await tokens.tokenFor(graph), 'secret-access-token-1');
    while (!log.heard().includes('could not renew')) await new Promise(setImmediate);
    assert.equal(await tokens.tokenFor(graph), 'secret-access-token-1');
    clock.advance(8 * minute);
    await assert.rejects(tokens.tokenFor(graph), { code: 'identity.unavailable' });
    assert.ok(!log.heard().includes('secret-access-token'));
  });

  it('are replaced when Graph refuses them', async () => {
    const tokens = appTokens();
    await tokens.tokenFor(graph);
    assert.equal(await tokens.tokenFor(graph, {}), 'secret-access-token-2');
    assert.equal(await tokens.tokenFor(graph), 'secret-access-token-2');
  });

  it('ask nobody to sign in: what is wrong with them is for an administrator', async () => {
    sts.onRequest(() => refusal('interaction_required', 53_003));
    await assert.rejects(appTokens().tokenFor(graph), { code: 'identity.misconfigured' });
  });

  it('are proved with a certificate', async () => {
    const file = await certificateFile(folder.path);
    await appTokens({ kind: 'certificate', file: file.path }).tokenFor(graph);
    const form = sts.asked[0] ?? {};
    assert.equal(form.client_secret, undefined);
    const key = new X509Certificate(file.pem).publicKey;
    const claims = jwt.verify(form.client_assertion ?? '', key, {
      algorithms: ['RS256', 'PS256'],
      // The library rounds the time up to the next second.
      clockTolerance: 1,
    });
    assert.equal(typeof claims === 'object' && claims.iss, appId);
  });

  it('are proved with the token file of a workload identity, read anew each time', async () => {
    const tokenFile = path.join(folder.path, 'token');
    const tokens = appTokens({ kind: 'federated', tokenFile });
    await assert.rejects(tokens.tokenFor(graph), { code: 'identity.misconfigured' });
    await writeFile(tokenFile, 'platform-token-1\n');
    await tokens.tokenFor(graph);
    await writeFile(tokenFile, 'platform-token-2\n');
    await tokens.tokenFor(graph, {});
    assert.deepEqual(
      sts.asked.map((form) => form.client_assertion),
      ['platform-token-1', 'platform-token-2'],
    );
  });

  it('say that the certificate is the problem without showing what is in the file', async () => {
    const file = path.join(folder.path, 'broken.pem');
    await writeFile(file, 'this is no certificate');
    await assert.rejects(appTokens({ kind: 'certificate', file }).tokenFor(graph), {
      code: 'identity.misconfigured',
    });
    assert.equal(sts.asked.length, 0);
  });
});
