import assert from 'node:assert/strict';
import { checkServiceHosts } from '../../scripts/doctor/check-service-hosts.js';
import { type Config, readConfig } from '../../src/base/config.js';
import { told } from './told.js';

function configWith(more: Record<string, string>): Config {
  const read = readConfig({
    MICROSOFT_APP_ID: '7a1e4c90-5b28-4f63-8d0e-93c6b2f1a748',
    MICROSOFT_APP_TENANT_ID: '3c0b1d52-7f4e-4c86-9a41-5d7e0c2f8b10',
    MICROSOFT_APP_TYPE: 'SingleTenant',
    LATCHKEY_CREDENTIAL: 'secret',
    MICROSOFT_APP_PASSWORD: 'x',
    LATCHKEY_PUBLIC_URL: 'https://latchkey.contoso.example',
    ...more,
  });
  assert.equal(read.kind, 'ok');
  if (read.kind !== 'ok') throw new TypeError('unreachable');
  return read.config;
}

const judge = (more: Record<string, string>, practice = false) =>
  told(checkServiceHosts(configWith(more), practice));

describe('doctor: where tokens go', () => {
  it('is content with the public cloud and with the government cloud', () => {
    assert.deepEqual(judge({}), ['ok service.hosts']);
    const government = {
      LATCHKEY_GRAPH_URL: 'https://graph.microsoft.us',
      LATCHKEY_SIGN_IN_URL: 'https://login.microsoftonline.us',
    };
    assert.deepEqual(judge(government), ['ok service.hosts']);
  });

  it('refuses another Graph, another sign-in service and other keys', () => {
    assert.deepEqual(judge({ LATCHKEY_GRAPH_URL: 'https://graph.evil.example' }), ['error service.hosts']);
    assert.deepEqual(judge({ LATCHKEY_SIGN_IN_URL: 'https://login.evil.example' }), ['error service.hosts']);
    assert.deepEqual(judge({ LATCHKEY_DRIVE_URL: 'https://drive.evil.example' }), ['error service.hosts']);
    const keys = { LATCHKEY_CHANNEL_METADATA_URL: 'https://keys.evil.example/.well-known' };
    assert.deepEqual(judge(keys), ['error service.hosts']);
  });

  it('lets this machine be a service in practice mode only', () => {
    const local = { LATCHKEY_GRAPH_URL: 'http://127.0.0.1:3979/graph', LATCHKEY_SERVICE_HOSTS: '127.0.0.1' };
    assert.deepEqual(judge(local, true), ['ok service.hosts']);
    assert.deepEqual(judge(local), ['error service.hosts', 'error service.hosts']);
  });

  it('warns of further hosts, and refuses a name that anybody could rent', () => {
    assert.deepEqual(judge({ LATCHKEY_SERVICE_HOSTS: 'smba.sovereign.example' }), ['warning service.hosts']);
    assert.deepEqual(judge({ LATCHKEY_SERVICE_HOSTS: 'smba2.trafficmanager.net' }), ['error service.hosts']);
  });
});
