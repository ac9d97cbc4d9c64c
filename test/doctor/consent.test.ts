import assert from 'node:assert/strict';
import { readConsent } from '../../scripts/doctor/consent.js';
import { type Answering, answering } from './answering.js';

const principals = '/v1.0/servicePrincipals';
const azure = "797f4846-ba00-4fd7-ba71-dba1f031c013'";
const graph = "00000003-0000-0000-c000-000000000000'";

/** A directory that shows everything, and gives the grants of the bot on two pages. */
const pages = (url: () => string, azures: readonly object[] = [{ id: 'azure-principal' }]) => ({
  [`${principals}?$filter=appId eq 'the-bot'`]: { value: [{ id: 'bot-principal' }] },
  [`${principals}?$filter=appId eq '${graph}`]: {
    value: [{ id: 'graph-principal', appRoles: [{ id: 'role-1', value: 'User.Read.All' }] }],
  },
  [`${principals}?$filter=appId eq '${azure}`]: { value: azures },
  [`${principals}/bot-principal/appRoleAssignments`]: {
    value: [
      { appRoleId: 'role-1', resourceId: 'graph-principal', resourceDisplayName: 'Microsoft Graph' },
      { appRoleId: 'role-9', resourceId: 'other', resourceDisplayName: 'Office 365 Exchange Online' },
    ],
  },
  [`${principals}/bot-principal/oauth2PermissionGrants?page=2`]: {
    value: [
      { consentType: 'Principal', resourceId: 'graph-principal', scope: 'Mail.Read' },
      { consentType: 'AllPrincipals', resourceId: 'azure-principal', scope: 'user_impersonation' },
      { consentType: 'AllPrincipals', resourceId: 'other', scope: 'EWS.AccessAsUser.All' },
    ],
  },
  get [`${principals}/bot-principal/oauth2PermissionGrants`]() {
    return {
      value: [{ consentType: 'AllPrincipals', resourceId: 'graph-principal', scope: ' User.Read  openid' }],
      '@odata.nextLink': `${url()}${principals}/bot-principal/oauth2PermissionGrants?page=2`,
    };
  },
});

describe('doctor: reading consents', () => {
  let directory: Answering;
  afterEach(() => directory.close());

  it('names application permissions, and what everybody agreed to', async () => {
    directory = await answering({ pages: pages(() => directory.url) });
    const consent = await readConsent({ graphUrl: directory.url, appId: 'the-bot', bearer: 'lent', fetch });
    assert.deepEqual(consent, {
      kind: 'seen',
      application: ['User.Read.All'],
      elsewhere: ['Office 365 Exchange Online'],
      forEverybody: ['User.Read', 'openid', 'https://management.azure.com/user_impersonation'],
      resources: ['https://management.azure.com'],
    });
    assert.deepEqual([...new Set(directory.bearers)], ['Bearer lent']);
  });

  it('knows when a tenant has no Azure', async () => {
    directory = await answering({ pages: pages(() => directory.url, []) });
    const consent = await readConsent({ graphUrl: directory.url, appId: 'the-bot', bearer: 'lent', fetch });
    assert.ok(consent.kind === 'seen');
    assert.deepEqual([consent.forEverybody, consent.resources], [['User.Read', 'openid'], []]);
  });

  it('says so when the directory does not show them', async () => {
    directory = await answering({ status: 403 });
    const consent = await readConsent({ graphUrl: directory.url, appId: 'the-bot', bearer: 'own', fetch });
    assert.deepEqual(consent, { kind: 'unseen', said: 'answered 403' });
  });

  it('follows no link to another host, because the token would go there too', async () => {
    const elsewhere = await answering({ body: { value: [] } });
    const body = { value: [], '@odata.nextLink': `${elsewhere.url}/v1.0/servicePrincipals` };
    directory = await answering({ body });
    const consent = await readConsent({ graphUrl: directory.url, appId: 'the-bot', bearer: 'own', fetch });
    assert.deepEqual(consent, { kind: 'unseen', said: 'links to another host' });
    assert.deepEqual(elsewhere.bearers, []);
    await elsewhere.close();
  });
});
