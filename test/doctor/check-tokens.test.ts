import assert from 'node:assert/strict';
import { checkToken, graphScope, rolesIn } from '../../scripts/doctor/check-tokens.js';
import { identityError } from '../../src/identity/errors.js';
import { sentences, told } from './told.js';

const refusing = (thrown: Error) => ({ tokenFor: () => Promise.reject(thrown) });

describe('doctor: tokens of the bot', () => {
  it('is content when it gets one', async () => {
    const { findings, token } = await checkToken('tokens.graph', graphScope, { tokenFor: async () => 'one' });
    assert.deepEqual(told(findings), ['ok tokens.graph']);
    assert.equal(token, 'one');
    assert.doesNotMatch(sentences(findings), /one/);
  });

  it('tells a wrong credential from a service that does not answer', async () => {
    const wrong = identityError('identity.misconfigured', new Error('HTTP 401 invalid_client AADSTS7000215'));
    const misconfigured = await checkToken('tokens.graph', graphScope, refusing(wrong));
    assert.match(sentences(misconfigured.findings), /AADSTS7000215.*against the app registration/);
    const away = await checkToken(
      'tokens.graph',
      graphScope,
      refusing(identityError('identity.unavailable')),
    );
    assert.deepEqual(told(away.findings), ['error tokens.graph']);
    assert.match(sentences(away.findings), /Try again in a minute/);
  });

  it('reads application permissions from a token, and none from what is no token', () => {
    const payload = Buffer.from(JSON.stringify({ roles: ['User.Read.All'] })).toString('base64url');
    assert.deepEqual(rolesIn(`head.${payload}.signature`), ['User.Read.All']);
    assert.deepEqual(rolesIn('opaque'), []);
  });
});
