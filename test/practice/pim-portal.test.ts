import assert from 'node:assert/strict';
import { openPimPortal, type PimPortal } from '../support/pim-portal.js';
import { type PimVisit, visitPim } from './pim-visit.js';

describe('practice tenant: roles in the portal', () => {
  let visit: PimVisit;
  let portal: PimPortal;
  before(async () => {
    visit = await visitPim();
    portal = openPimPortal(visit.url);
  });
  after(() => visit.close());

  for (const target of ['ai-admin', 'platform-admins', 'cognitive']) {
    it(`asks for, denies, takes back, approves and ends ${target}`, async () => {
      const approver = target === 'cognitive' ? 'appowner' : 'manager';
      const statusOf = async (id: string) => (await portal.request(id)).status;
      const denied = await portal.ask('engineer', target, { minutes: 30, reason: 'Quota' });
      await portal.deny(approver, denied);
      assert.equal(await statusOf(denied), 'Denied');
      const canceled = await portal.ask('engineer', target);
      await portal.cancel('engineer', canceled);
      assert.equal(await statusOf(canceled), 'Canceled');
      const approved = await portal.ask('engineer', target);
      await assert.rejects(portal.approve('engineer', approved), /403/);
      await portal.approve(approver, approved);
      await assert.rejects(portal.deny(approver, approved), /409/);
      await visit.later('PT10M');
      assert.equal(await statusOf(approved), 'Provisioned');
      const ended = await portal.end('engineer', target);
      assert.equal(await statusOf(ended), 'Revoked');
    });
  }
});
