import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { createKeySet } from '../../src/identity/key-set.js';
import { checkSsoToken, type SsoRules } from '../../src/identity/sso-token.js';
import { type Issuer, startIssuer } from './issuer.js';
import { appId, identityConfig, person, ssoClaims, ssoToken, tenantId } from './people.js';
import { heardLog, movableClock } from './ports.js';

describe('a single sign-on token from Teams', () => {
  const ada = person(1);
  const v1 = { iss: `https://sts.windows.net/${tenantId}/`, aud: `api://botid-${appId}`, ver: '1.0' };
  let issuer: Issuer;
  let rules: SsoRules;

  before(async () => {
    issuer = await startIssuer();
    const clock = movableClock();
    const keys = createKeySet({ metadataUrl: issuer.metadataUrl, clock, log: heardLog() });
    rules = { config: identityConfig(issuer.url), keys, clock };
  });
  after(() => issuer.close());

  it('speaks for the person who clicked, in version 2 and in version 1', async () => {
    for (const claims of [{}, v1]) {
      const checked = await checkSsoToken(ada, ssoToken(issuer, ada, claims), rules);
      assert.ok(checked.expiresAt > checked.issuedAt);
    }
  });

  it('says which authentication contexts its sign-in has met; what is not a list of them says nothing', async () => {
    for (const [acrs, contexts] of [
      [
        ['c1', 'c25'],
        ['c1', 'c25'],
      ],
      [undefined, []],
      ['c1', []],
      [{ c1: true }, []],
    ] as const) {
      const checked = await checkSsoToken(
        ada,
        ssoToken(issuer, ada, acrs === undefined ? {} : { acrs }),
        rules,
      );
      assert.deepEqual(checked.contexts, contexts);
    }
  });

  const refused: readonly [string, object][] = [
    ['somebody else, even in the same tenant', { oid: person(2).objectId }],
    ['a person of another tenant', { tid: '99999999-2222-4333-8444-555555555555' }],
    ['no person at all, but an app', { idtyp: 'app' }],
    ['another app', { aud: 'ffffffff-bbbb-4ccc-8ddd-eeeeeeeeeeee' }],
    ['another scope', { scp: 'User.Read' }],
    ['the name of a scope that only begins like ours', { scp: 'access_as_user_admin' }],
    ['identity without leave to act', { scp: undefined }],
    ['a tenant that signed it itself', { iss: 'https://login.microsoftonline.com/common/v2.0' }],
    ['version 1 with the audience of version 2', { ...v1, aud: appId }],
    ['a channel and not a person', { iss: 'https://api.botframework.com' }],
  ];
  for (const [what, claims] of refused) {
    it(`is refused when it speaks for ${what}`, async () => {
      const token = issuer.sign({ ...ssoClaims(ada), ...claims });
      await assert.rejects(checkSsoToken(ada, token, rules), (error: Error & { code?: string }) => {
        assert.equal(error.code, 'identity.token-refused');
        assert.ok(
          !inspect(error, { depth: 10 }).includes(token.slice(0, 40)),
          'the token is not in the error',
        );
        return true;
      });
    });
  }
});
