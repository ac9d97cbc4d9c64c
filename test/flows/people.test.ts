import assert from 'node:assert/strict';
import { hour } from '../../src/base/clock.js';
import { systemIds } from '../../src/base/ids.js';
import { meet, place } from '../../src/flows/people.js';
import type { HouseServices } from '../../src/flows/turn.js';
import { actorFrom } from '../../src/identity/actor.js';
import { changeCard, openCard } from '../../src/jobs/cards.js';
import { openStore } from '../../src/store/open-store.js';
import type { Store } from '../../src/store/store.js';
import { type HandClock, handClock } from '../support/hand-clock.js';
import { type TempFolder, tempFolder } from '../support/temp-folder.js';

const tenantId = '3c0b1d52-7f4e-4c86-9a41-5d7e0c2f8b10';
const objectId = '0e5f3a01-4c7d-4e2b-9b6a-1c8d5e2f7001';
const actor = actorFrom({ tenantId, objectId, name: 'Ayumi', mri: '29:ayumi' }, tenantId);
const contact = { conversationId: 'a:chat', serviceUrl: 'https://teams.example/', botId: '28:bot' };

describe('where people and their cards are', () => {
  let folder: TempFolder;
  let store: Store;
  let clock: HandClock;
  let services: Pick<HouseServices, 'store' | 'clock' | 'ids' | 'wake'>;

  beforeEach(async () => {
    folder = tempFolder();
    store = await openStore({ dataDir: folder.path });
    clock = handClock();
    services = { store, clock, ids: systemIds, wake: () => undefined };
  });
  afterEach(async () => {
    await store.close();
    folder.remove();
  });

  const met = (where = contact) => meet(services as HouseServices, actor, where);
  const known = () => store.db.selectFrom('conversations').selectAll().executeTakeFirst();
  const card = () =>
    store.write((tx) =>
      openCard(tx, services, {
        flow: 'packages',
        kind: 'packages.decide',
        item: 'assignmentRequest:1',
        person: objectId,
        purpose: 'p',
        expiresAt: new Date(clock.now().getTime() + hour),
      }),
    );

  it('is written once, and not again for every press', async () => {
    await met();
    const first = await known();
    clock.advance(hour);
    await met();
    assert.deepEqual(await known(), first);
  });

  it('follows a chat that moves', async () => {
    await met();
    await met({ ...contact, conversationId: 'a:moved' });
    assert.equal((await known())?.conversation_id, 'a:moved');
  });

  it('brings at once what waited for somebody who is heard of again', async () => {
    await met();
    const { ref } = await card();
    await store.write((tx) => changeCard(tx, clock, ref, { template: 'x', view: {} }));
    const later = clock.now().getTime() + hour;
    await store.write(async (tx) => {
      await tx.updateTable('jobs').set({ run_at: later }).execute();
      await tx.updateTable('conversations').set({ dead_since: clock.now().getTime() }).execute();
    });
    await met();
    const job = await store.db.selectFrom('jobs').select('run_at').executeTakeFirstOrThrow();
    assert.equal(job.run_at, clock.now().getTime());
    assert.equal((await known())?.dead_since, null);
  });

  it('retires the message a card moved away from, and no other', async () => {
    const { ref } = await card();
    const at = (activityId: string) => ({ ...contact, activityId });
    await place(services as HouseServices, ref, at('one'));
    await place(services as HouseServices, ref, at('one'));
    await place(services as HouseServices, ref, at('two'));
    const jobs = await store.db.selectFrom('jobs').select('key').execute();
    assert.deepEqual(
      jobs.map(({ key }) => key),
      ['retire:one'],
    );
  });
});
