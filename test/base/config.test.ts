import assert from 'node:assert/strict';
import { type Config, type Env, explainProblems, readConfig } from '../../src/base/config.js';

const good: Env = {
  MICROSOFT_APP_ID: '5d0c3c1e-8a54-4a35-9c1e-0f6f3b7a2d10',
  MICROSOFT_APP_TENANT_ID: '9B2F6F3A-0D57-4F0A-8A6E-6D1F0C2B7E11',
  MICROSOFT_APP_TYPE: 'SingleTenant',
  LATCHKEY_CREDENTIAL: 'certificate',
  LATCHKEY_CERTIFICATE_FILE: '/run/secrets/bot.pem',
  LATCHKEY_PUBLIC_URL: 'https://latchkey.contoso.example/',
};

function configOf(changes: Env): Config {
  const read = readConfig({ ...good, ...changes });
  assert.equal(read.kind, 'ok', JSON.stringify(read));
  return read.kind === 'ok' ? read.config : assert.fail();
}

/** The settings that are complained about. */
function problemsOf(env: Env): readonly string[] {
  const read = readConfig(env);
  return read.kind === 'problems' ? read.problems.map(({ name }) => name) : [];
}

describe('the configuration', () => {
  it('needs six settings; everything else has a default', () => {
    const config = configOf({ NODE_ENV: 'production' });
    assert.deepEqual(config, {
      production: true,
      logLevel: 'info',
      policyFile: 'policy.yaml',
      graphUrl: 'https://graph.microsoft.com',
      azureUrl: 'https://management.azure.com',
      bot: {
        port: 3978,
        host: '0.0.0.0',
        publicUrl: 'https://latchkey.contoso.example',
        channelMetadataUrl: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
        serviceHosts: [],
        metrics: 'loopback',
      },
      identity: {
        appId: '5d0c3c1e-8a54-4a35-9c1e-0f6f3b7a2d10',
        tenantId: '9b2f6f3a-0d57-4f0a-8a6e-6d1f0c2b7e11',
        appType: 'SingleTenant',
        credential: { kind: 'certificate', file: '/run/secrets/bot.pem' },
        signInUrl: 'https://login.microsoftonline.com',
        ssoResource: 'api://botid-5d0c3c1e-8a54-4a35-9c1e-0f6f3b7a2d10',
      },
      store: { kind: 'sqlite', folder: './data' },
    });
  });

  it('lists everything that is missing at once, in production or not', () => {
    for (const NODE_ENV of ['production', undefined]) {
      assert.deepEqual(problemsOf({ NODE_ENV }), [
        'LATCHKEY_PUBLIC_URL',
        'MICROSOFT_APP_ID',
        'MICROSOFT_APP_TENANT_ID',
        'MICROSOFT_APP_TYPE',
        'LATCHKEY_CREDENTIAL',
      ]);
    }
  });

  for (const [name, value] of [
    ['MICROSOFT_APP_TYPE', 'SingleTennant'],
    ['MICROSOFT_APP_TYPE', 'singletenant'],
    ['MICROSOFT_APP_TYPE', 'MultiTenant'],
    ['MICROSOFT_APP_ID', '   '],
    ['MICROSOFT_APP_ID', 'my-bot'],
    ['MICROSOFT_APP_TENANT_ID', 'contoso.example'],
    ['MICROSOFT_APP_TENANT_ID', 'common'],
    ['LATCHKEY_CREDENTIAL', 'password'],
    ['LATCHKEY_PORT', 'x'],
    ['LATCHKEY_PORT', '70000'],
    ['LATCHKEY_LOG', 'loud'],
    ['LATCHKEY_METRICS', 'Open'],
    ['LATCHKEY_PUBLIC_URL', 'latchkey.contoso.example'],
    ['LATCHKEY_GRAPH_URL', 'http://graph.evil.example'],
    ['LATCHKEY_DRIVE_URL', 'http://drive.evil.example'],
    ['LATCHKEY_GRAPH_URL', 'ftp://127.0.0.1'],
    ['LATCHKEY_AZURE_URL', 'http://management.evil.example'],
    ['LATCHKEY_SIGN_IN_URL', 'https://user:word@login.example'],
    ['LATCHKEY_SERVICE_HOSTS', 'https://smba.example/'],
    ['LATCHKEY_DATABASE_URL', 'mysql://db'],
  ] as const) {
    it(`does not accept ${name}=${value}`, () => {
      assert.deepEqual(problemsOf({ ...good, [name]: value }), [name]);
    });
  }

  it('takes http:// for this machine only, and never in production', () => {
    const local = {
      LATCHKEY_GRAPH_URL: 'http://127.0.0.1:3979/graph',
      LATCHKEY_PUBLIC_URL: 'http://localhost:3978',
    };
    assert.equal(configOf(local).graphUrl, 'http://127.0.0.1:3979/graph');
    assert.deepEqual(problemsOf({ ...good, ...local, NODE_ENV: 'production' }), [
      'LATCHKEY_GRAPH_URL',
      'LATCHKEY_PUBLIC_URL',
    ]);
  });

  it('takes further service hosts, but not this machine in production', () => {
    const LATCHKEY_SERVICE_HOSTS = ' smba.infra.example , 127.0.0.1 ';
    assert.deepEqual(configOf({ LATCHKEY_SERVICE_HOSTS }).bot.serviceHosts, [
      'smba.infra.example',
      '127.0.0.1',
    ]);
    const production = { ...good, NODE_ENV: 'production', LATCHKEY_SERVICE_HOSTS };
    assert.deepEqual(problemsOf(production), ['LATCHKEY_SERVICE_HOSTS']);
  });

  for (const [kind, name, credential] of [
    ['certificate', 'LATCHKEY_CERTIFICATE_FILE', { kind: 'certificate', file: 'x' }],
    ['federated', 'LATCHKEY_FEDERATED_TOKEN_FILE', { kind: 'federated', tokenFile: 'x' }],
    ['secret', 'MICROSOFT_APP_PASSWORD', { kind: 'secret', secret: 'x' }],
  ] as const) {
    it(`asks for what the credential "${kind}" needs`, () => {
      const without = { ...good, LATCHKEY_CREDENTIAL: kind, LATCHKEY_CERTIFICATE_FILE: undefined };
      assert.deepEqual(problemsOf(without), [name]);
      assert.deepEqual(configOf({ LATCHKEY_CREDENTIAL: kind, [name]: 'x' }).identity.credential, credential);
    });
  }

  it('wants a managed identity to be one all the way', () => {
    const type = { MICROSOFT_APP_TYPE: 'UserAssignedMSI' };
    assert.deepEqual(problemsOf({ ...good, ...type }), ['LATCHKEY_CREDENTIAL']);
    const config = configOf({ ...type, LATCHKEY_CREDENTIAL: 'managed-identity' });
    assert.deepEqual(config.identity.credential, { kind: 'managed-identity' });
  });

  it('uses PostgreSQL where an address is given', () => {
    const LATCHKEY_DATABASE_URL = 'postgres://latchkey:word@db.example/latchkey';
    assert.deepEqual(configOf({ LATCHKEY_DATABASE_URL }).store, {
      kind: 'postgres',
      url: LATCHKEY_DATABASE_URL,
      folder: './data',
    });
  });

  it('explains what is wrong without showing a secret', () => {
    const read = readConfig({
      LATCHKEY_CREDENTIAL: 'my-secret-1',
      MICROSOFT_APP_TYPE: 'my-secret-2',
      MICROSOFT_APP_PASSWORD: 'my-secret-3',
      MICROSOFT_APP_ID: 'my-secret-4',
      LATCHKEY_DATABASE_URL: 'mysql://my-secret-5@db',
      LATCHKEY_GRAPH_URL: 'https://my-secret-6@graph.example',
    });
    const text = read.kind === 'problems' ? explainProblems(read.problems) : '';
    assert.match(text, /- MICROSOFT_APP_TYPE is none of SingleTenant, UserAssignedMSI/);
    assert.match(text, /Why: .*\n {2}Fix: /);
    assert.ok(!text.includes('my-secret'), text);
  });
});
