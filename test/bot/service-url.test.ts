import assert from 'node:assert/strict';
import { createServiceHosts } from '../../bot/service-url.js';

describe('the hosts the bot may be called from, and sends its token to', () => {
  const hosts = createServiceHosts(['Smba.Sovereign.Example', '127.0.0.1']);

  for (const url of [
    'https://smba.trafficmanager.net/emea/',
    'https://smba.trafficmanager.net/teams/9b2f6f3a-0d57-4f0a-8a6e-6d1f0c2b7e11/',
    'https://smba.infra.gcc.teams.microsoft.com/gcc/',
    'https://smba.infra.gov.teams.microsoft.us/',
    'https://europe.api.botframework.com/',
    'https://smba.sovereign.example/',
    'http://127.0.0.1:3979/connector/',
  ]) {
    it(`are ${url}`, () => assert.equal(hosts(url), true));
  }

  for (const url of [
    'http://smba.trafficmanager.net/emea/',
    'http://smba.sovereign.example/',
    'https://trafficmanager.net/',
    'https://evil.trafficmanager.net/',
    'https://teams.microsoft.com.evil.example/',
    'https://xteams.microsoft.com/',
    'https://smba.trafficmanager.net@evil.example/',
    'https://evil.example/#smba.trafficmanager.net',
    'https://evil.example\\@smba.trafficmanager.net/',
    'http://127.0.0.2/',
    'http://localhost/',
    'ftp://127.0.0.1/',
    '//smba.trafficmanager.net/',
    '',
  ]) {
    it(`are not ${url === '' ? 'nothing' : url}`, () => assert.equal(hosts(url), false));
  }
});
