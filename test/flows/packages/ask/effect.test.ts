import assert from 'node:assert/strict';
import { systemIds } from '../../../../src/base/ids.js';
import { askEffect } from '../../../../src/flows/packages/ask/effect.js';
import type { HouseServices, Turn } from '../../../../src/flows/turn.js';
import { actorFrom } from '../../../../src/identity/actor.js';
import { openCard } from '../../../../src/jobs/cards.js';
import { handClock } from '../../../support/hand-clock.js';
import { claimRow } from '../../../support/store-rows.js';
import { openTempStore, type TempStore } from '../../../support/temp-store.js';
import { fake } from '../fake-lists.js';

const engineer = '0e5f3a01-4c7d-4e2b-9b6a-1c8d5e2f7001';
const manager = '0e5f3a02-4c7d-4e2b-9b6a-1c8d5e2f7002';
const args = {
  ...{ packageId: 'p1', packageName: 'Workshop', policyId: 'pol', targetId: engineer, targetName: '' },
  ...{ reason: 'My own words', answers: [], startsAt: '', endsAt: '', earlier: [], ref: 'form' },
};
const claim = claimRow({
  ...{ actor_id: engineer, effect: 'packages.ask', card_ref: 'form', args: JSON.stringify(args) },
});
/** As Entra tells it. */
const request = (requestor: string, justification: string) => ({
  ...{ id: 'r1', requestType: 'userAdd', state: 'submitted', status: 'Accepted', justification },
  createdDateTime: '2026-01-05T09:00:00Z',
  answers: [],
  requestor: { objectId: requestor, displayName: 'Somebody' },
  accessPackage: { id: 'p1', displayName: 'Workshop' },
  assignment: { id: 'a1', target: { objectId: engineer, displayName: 'Ayumi' } },
});
const nothingIsSent = () => Promise.reject(new Error('nothing is sent'));
const graphWith = (found: object): Turn['graph'] => ({
  ...fake({ "filterByCurrentUser(on='target')": [[found]] }).reader,
  actor: actorFrom({ objectId: engineer, tenantId: 't', name: 'Ayumi', mri: '' }, 't'),
  ...{ post: nothingIsSent, patch: nothingIsSent, put: nothingIsSent },
  ...{ delete: nothingIsSent, batch: nothingIsSent },
});

describe('a request that was sent', () => {
  it('is not one that somebody else made for the same person meanwhile', async () => {
    assert.equal(await askEffect.recorded(graphWith(request(manager, 'Theirs')), claim, true), undefined);
  });

  it('is shown in the words that Entra has, not in those of the form', async () => {
    const receipt = await askEffect.recorded(graphWith(request(engineer, 'Sent elsewhere')), claim, true);
    const services = { tenantId: 't' } as HouseServices;
    const card = askEffect.done(services, claim, receipt ?? null, { id: engineer, reference: 'x' });
    assert.match(JSON.stringify(card.view), /Sent elsewhere/);
    assert.doesNotMatch(JSON.stringify(card.view), /My own words/);
  });

  it('is shown in the words of the form where an older receipt has none', () => {
    const services = { tenantId: 't' } as HouseServices;
    const receipt = { requestId: 'r1', state: 'submitted', createdAt: '' };
    const card = askEffect.done(services, claim, receipt, { id: engineer, reference: 'x' });
    assert.match(JSON.stringify(card.view), /My own words/);
  });
});

describe('a form that becomes the card of its request', () => {
  let temp: TempStore;
  let services: HouseServices;
  beforeEach(async () => {
    temp = await openTempStore();
    services = {
      ...({ tenantId: 't' } as HouseServices),
      ...{ store: temp.store, clock: handClock(), ids: systemIds },
    };
  });
  afterEach(() => temp.close());

  const open = (kind: string, item: string, purpose: string) =>
    services.store.write((tx) =>
      openCard(tx, services, {
        ...{ flow: 'packages', kind, item, person: engineer, purpose },
        expiresAt: services.clock.now(),
      }),
    );
  const settle = (ref: string) =>
    services.store.write((tx) =>
      askEffect.settled(
        tx,
        services,
        { ...claim, card_ref: ref },
        { receipt: { requestId: 'r1', state: 'submitted', createdAt: '' }, healed: true },
      ),
    );
  const cards = () => services.store.db.selectFrom('cards').selectAll().orderBy('created_at').execute();

  it('takes the place of a card that was opened for the request meanwhile', async () => {
    const form = await open('packages.ask', 'accessPackage:p1', `packages.ask:p1:${engineer}`);
    const other = await open(
      ...(['packages.status', 'assignmentRequest:r1', `packages.status:r1:${engineer}`] as const),
    );
    await settle(form.ref);
    const found = new Map((await cards()).map((row) => [row.ref, row]));
    assert.equal(found.size, 2);
    assert.equal(found.get(form.ref)?.kind, 'packages.status');
    assert.equal(found.get(form.ref)?.state, 'open');
    assert.equal(found.get(other.ref)?.state, 'final');
    const told = await services.store.db.selectFrom('jobs').selectAll().execute();
    assert.ok(told.some(({ payload }) => payload.includes(other.ref) && payload.includes('shared/moved')));
  });

  it('leaves no other row where there was no such card, and may be settled twice', async () => {
    const form = await open('packages.ask', 'accessPackage:p1', `packages.ask:p1:${engineer}`);
    await settle(form.ref);
    await settle(form.ref);
    const [row, ...others] = await cards();
    assert.equal(others.length, 0);
    assert.equal(row?.purpose, `packages.status:r1:${engineer}`);
  });

  it('is never the card of somebody else', async () => {
    await open('packages.status', 'assignmentRequest:r1', 'packages.status:r1');
    const theirs = services.store.write((tx) =>
      openCard(tx, services, {
        ...{ flow: 'packages', kind: 'packages.status', item: 'assignmentRequest:r1', person: manager },
        ...{ purpose: 'packages.status:r1', expiresAt: services.clock.now() },
      }),
    );
    await assert.rejects(theirs);
  });
});
