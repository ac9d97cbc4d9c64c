import assert from 'node:assert/strict';
import { jwksUri } from '../../src/identity/jwks.js';

const real = 'https://login.botframework.com/v1/.well-known/openidconfiguration';
const practice = 'http://127.0.0.1:4000/connector/v1/.well-known/openidconfiguration';

describe('where the metadata of an issuer may send us for its keys', () => {
  const from = (metadataUrl: string, uri: string, trusted: readonly string[] = []) =>
    jwksUri({ jwks_uri: uri }, metadataUrl, trusted);

  it('to its own origin, and to one that is named as trusted', () => {
    const own = 'https://login.botframework.com/v1/keys';
    assert.equal(from(real, own), own);
    const other = 'https://login.microsoftonline.com/keys';
    assert.equal(from(real, other, ['https://login.microsoftonline.com']), other);
  });

  for (const uri of [
    'https://evil.example/keys',
    'https://login.botframework.com.evil.example/keys',
    'http://login.botframework.com/v1/keys',
    'https://login.botframework.com:8443/v1/keys',
    'http://127.0.0.1:4000/keys',
  ]) {
    it(`not to ${uri}`, () => {
      assert.throws(() => from(real, uri), /not trusted/);
    });
  }

  it('to another port of this machine when the metadata is on this machine, as behind a proxy', () => {
    assert.equal(from(practice, 'http://127.0.0.1:5000/keys'), 'http://127.0.0.1:5000/keys');
    assert.throws(() => from(practice, 'http://10.0.0.1/keys'), /not trusted/);
  });
});
