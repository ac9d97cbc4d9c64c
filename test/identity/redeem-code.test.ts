import assert from 'node:assert/strict';
import { createHash, X509Certificate } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { inspect } from 'node:util';
import jwt from 'jsonwebtoken';
import type { Credential } from '../../src/base/config.js';
import { isAppError } from '../../src/base/errors.js';
import { createRedeemCode } from '../../src/identity/redeem-code.js';
import { createTokenService } from '../../src/identity/token-service.js';
import { type TempFolder, tempFolder } from '../support/temp-folder.js';
import { certificateFile } from './certificate.js';
import { appId, identityConfig, tenantId } from './people.js';
import { type MovableClock, movableClock } from './ports.js';
import { refusal, type Sts, type StsReply, startSts } from './sts.js';

const window = {
  code: 'the-secret-code',
  verifier: 'the-verifier',
  redirectUri: 'https://bot.example/sign-in/done',
  stronger: true,
};

describe('the code of a sign-in window', () => {
  let sts: Sts;
  let clock: MovableClock;
  let folder: TempFolder;
  beforeEach(async () => {
    folder = tempFolder();
    sts = await startSts();
    clock = movableClock();
  });
  afterEach(async () => {
    await sts.close();
    folder.remove();
  });

  function redeem(credential?: Credential): Promise<string> {
    const config = { ...identityConfig(sts.url), ...(credential === undefined ? {} : { credential }) };
    return createRedeemCode(config, createTokenService({ signInUrl: sts.url, tryMs: 300 }), clock)(window);
  }
  const failure = async (work: Promise<unknown>) => {
    const error: unknown = await work.then(
      () => assert.fail('it should have failed'),
      (reason: unknown) => reason,
    );
    assert.ok(isAppError(error), inspect(error));
    return error;
  };

  it('is redeemed for a token that is meant for the bot itself', async () => {
    assert.equal(await redeem(), 'secret-access-token-1');
    assert.deepEqual(sts.asked, [
      {
        client_id: appId,
        grant_type: 'authorization_code',
        code: 'the-secret-code',
        code_verifier: 'the-verifier',
        redirect_uri: 'https://bot.example/sign-in/done',
        scope: `openid profile ${appId}/access_as_user`,
        client_secret: 'the-bots-own-secret',
      },
    ]);
  });

  it('is redeemed with the certificate that Entra knows by its thumbprint', async () => {
    const { path: file, pem } = await certificateFile(folder.path);
    await redeem({ kind: 'certificate', file });
    const form = sts.asked[0] ?? {};
    assert.equal(form.client_secret, undefined);
    assert.equal(form.client_assertion_type, 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
    const certificate = new X509Certificate(pem);
    const key = certificate.publicKey.export({ type: 'spki', format: 'pem' });
    const audience = `https://login.microsoftonline.com/${tenantId}/oauth2/v2.0/token`;
    const options = {
      algorithms: ['PS256' as const],
      audience,
      issuer: appId,
      subject: appId,
      complete: true,
    };
    const { header, payload } = jwt.verify(form.client_assertion ?? '', key, options) as jwt.Jwt;
    const thumbprint = createHash('sha256').update(certificate.raw).digest('base64url');
    assert.equal((header as unknown as Record<string, string>)['x5t#S256'], thumbprint);
    assert.ok(typeof payload === 'object' && payload.jti && (payload.exp ?? 0) - (payload.iat ?? 0) <= 300);
  });

  it('is redeemed with the token of the platform, read anew each time', async () => {
    const tokenFile = path.join(folder.path, 'token');
    for (const token of ['first-platform-token', 'second-platform-token']) {
      await writeFile(tokenFile, `${token}\n`);
      await redeem({ kind: 'federated', tokenFile });
      assert.equal(sts.asked.at(-1)?.client_assertion, token);
    }
  });

  it('is redeemed with the managed identity of the machine', async () => {
    const platform = createServer((_req, res) => {
      const expires_on = Math.floor(Date.now() / 1000) + 3600;
      const granted = { access_token: 'platform-token', expires_on, token_type: 'Bearer' };
      res.writeHead(200, { 'content-type': 'application/json' });
      res.end(JSON.stringify({ ...granted, resource: 'api://AzureADTokenExchange' }));
    });
    await new Promise<void>((resolve) => platform.listen(0, '127.0.0.1', resolve));
    const { port } = platform.address() as AddressInfo;
    // As App Service tells its programs where to ask.
    const set = { IDENTITY_ENDPOINT: `http://127.0.0.1:${port}/msi/token`, IDENTITY_HEADER: 'a header' };
    Object.assign(process.env, set);
    try {
      await redeem({ kind: 'managed-identity' });
      assert.equal(sts.asked[0]?.client_assertion, 'platform-token');
    } finally {
      for (const name of Object.keys(set)) delete process.env[name];
      platform.close();
      platform.closeAllConnections();
    }
  });

  it('says that the bot is set up wrongly when there is no such proof', async () => {
    for (const credential of [
      { kind: 'certificate', file: '/nowhere/bot.pem' },
      { kind: 'federated', tokenFile: '/nowhere/token' },
    ] as const)
      assert.equal((await failure(redeem(credential))).code, 'identity.misconfigured');
    assert.deepEqual(sts.asked, []);
  });

  const refusals: readonly [string, StsReply, string][] = [
    ['it was used before', refusal('invalid_grant', 54_005), 'identity.sign-in-spent'],
    ['it is too old', refusal('invalid_grant', 70_008), 'identity.sign-in-spent'],
    ['the verifier does not belong to it', refusal('invalid_grant', 501_481), 'identity.sign-in-spent'],
    ['more is asked for', refusal('interaction_required', 50_076), 'identity.step-up-needed'],
    ['Conditional Access blocks', refusal('interaction_required', 53_003), 'identity.blocked'],
    ["the bot's secret has expired", refusal('invalid_client', 7_000_222), 'identity.misconfigured'],
    ['the service is down', { status: 503, body: {} }, 'identity.unavailable'],
    ['the connection breaks', { drop: true }, 'identity.unavailable'],
    ['the answer holds no token', { status: 200, body: { hello: 'there' } }, 'identity.unavailable'],
  ];
  for (const [what, reply, code] of refusals) {
    it(`is handed in once only, also when ${what}`, async () => {
      sts.onRequest(() => reply);
      const error = await failure(redeem());
      assert.equal(error.code, code);
      assert.equal(sts.asked.length, 1);
      const shown = inspect(error, { depth: 10, showHidden: true });
      for (const secret of ['the-secret-code', 'the-verifier', 'the-bots-own-secret'])
        assert.ok(!shown.includes(secret), shown);
    });
  }
});
