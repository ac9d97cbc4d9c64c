import assert from 'node:assert/strict';
import { systemIds } from '../../../src/base/ids.js';
import { openOffer, takeOffer } from '../../../src/flows/recovery/report/offer.js';
import { actorFrom } from '../../../src/identity/actor.js';
import { person, tenantId } from '../../bot/channel.js';
import { handClock } from '../../support/hand-clock.js';
import { openTempStore, type TempStore } from '../../support/temp-store.js';

describe('the offer of a file', () => {
  let temp: TempStore;
  before(async () => {
    temp = await openTempStore();
  });
  after(() => temp.close());

  const turn = () => ({
    services: { store: temp.store, clock: handClock(), ids: systemIds },
    actor: actorFrom({ tenantId, objectId: person, name: 'Ada', mri: '29:1' }, tenantId),
    place: { conversationId: 'a:1', serviceUrl: 'https://teams.example', activityId: 'question' },
  });

  it('is the same one until it is taken, and another one afterwards', async () => {
    const ref = await openOffer(turn());
    assert.equal(await openOffer(turn()), ref);
    assert.equal(await temp.store.write((tx) => takeOffer(tx, turn(), ref)), true);
    assert.notEqual(await openOffer(turn()), ref);
  });

  it('is taken by one of those who come at the same moment', async () => {
    const ref = await openOffer(turn());
    const all = await Promise.all([1, 2, 3].map(() => temp.store.write((tx) => takeOffer(tx, turn(), ref))));
    assert.deepEqual(all, [true, false, false]);
  });
});
