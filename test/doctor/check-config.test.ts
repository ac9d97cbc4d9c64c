import assert from 'node:assert/strict';
import { checkConfig } from '../../scripts/doctor/check-config.js';
import { readConfig } from '../../src/base/config.js';
import { sentences, told } from './told.js';

const good = {
  MICROSOFT_APP_ID: '7a1e4c90-5b28-4f63-8d0e-93c6b2f1a748',
  MICROSOFT_APP_TENANT_ID: '3c0b1d52-7f4e-4c86-9a41-5d7e0c2f8b10',
  MICROSOFT_APP_TYPE: 'SingleTenant',
  LATCHKEY_CREDENTIAL: 'secret',
  MICROSOFT_APP_PASSWORD: 'hunter2-do-not-print',
  LATCHKEY_PUBLIC_URL: 'https://latchkey.contoso.example',
};

describe('doctor: settings', () => {
  it('is content when all can be read', () => {
    assert.deepEqual(told(checkConfig(readConfig(good))), ['ok config.settings']);
  });

  it('names every wrong setting, and why', () => {
    const findings = checkConfig(
      readConfig({ ...good, MICROSOFT_APP_ID: 'x', MICROSOFT_APP_TYPE: 'SingleTennant' }),
    );
    assert.deepEqual(told(findings), ['error config.settings', 'error config.settings']);
    assert.match(sentences(findings), /MICROSOFT_APP_ID is not a GUID/);
  });

  it('warns of a client secret in production', () => {
    const findings = checkConfig(readConfig({ ...good, NODE_ENV: 'production' }));
    assert.deepEqual(told(findings), ['ok config.settings', 'warning config.credential']);
  });

  it('never repeats a secret or the address of a database', () => {
    const env = { ...good, MICROSOFT_APP_ID: 'x', LATCHKEY_DATABASE_URL: 'mysql://bot:hunter2@db/latchkey' };
    assert.doesNotMatch(sentences(checkConfig(readConfig(env))), /hunter2/);
  });
});
