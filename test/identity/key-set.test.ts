import assert from 'node:assert/strict';
import { hour, minute, second } from '../../src/base/clock.js';
import { createKeySet, type KeySet } from '../../src/identity/key-set.js';
import { type Issuer, startIssuer } from './issuer.js';
import { heardLog, type MovableClock, movableClock } from './ports.js';

describe('the keys of an issuer', () => {
  let issuer: Issuer;
  let clock: MovableClock;
  let keys: KeySet;

  beforeEach(async () => {
    issuer = await startIssuer();
    clock = movableClock();
    keys = createKeySet({ metadataUrl: issuer.metadataUrl, clock, log: heardLog() });
  });
  afterEach(() => issuer.close());

  it('are fetched once, however many ask at the same moment', async () => {
    const found = await Promise.all(Array.from({ length: 20 }, () => keys.keyFor(issuer.kid)));
    assert.ok(found.every((key) => key?.endorsements.includes('msteams')));
    assert.equal(issuer.asked(), 1);
  });

  it('are looked for again when a token names a new one, so that a rotation is not noticed', async () => {
    await keys.keyFor(issuer.kid);
    issuer.rotate();
    assert.ok(await keys.keyFor(issuer.kid));
    assert.equal(issuer.asked(), 2);
  });

  it('are not fetched more than once a minute for keys that nobody has', async () => {
    await keys.keyFor(issuer.kid);
    for (let guess = 0; guess < 50; guess += 1) assert.equal(await keys.keyFor(`guess ${guess}`), undefined);
    assert.equal(issuer.asked(), 2);
    clock.advance(minute);
    assert.equal(await keys.keyFor('another guess'), undefined);
    assert.equal(issuer.asked(), 3);
  });

  it('outlive an outage of the metadata endpoint, without a fetch for every token', async () => {
    await keys.keyFor(issuer.kid);
    issuer.answerWith('down');
    clock.advance(25 * hour);
    for (let token = 0; token < 10; token += 1) {
      assert.ok(await keys.keyFor(issuer.kid));
      await settled();
    }
    assert.equal(issuer.asked(), 2);
  });

  it('are renewed in the background after a day', async () => {
    const before = issuer.kid;
    await keys.keyFor(before);
    issuer.rotate();
    clock.advance(25 * hour);
    assert.ok(await keys.keyFor(before), 'the old key still answers while the new ones are on their way');
    await eventually(async () => (await keys.keyFor(before)) === undefined);
    assert.ok(await keys.keyFor(issuer.kid));
  });

  it('say that sign-in is unavailable while none is known, and are there once the endpoint is back', async () => {
    issuer.answerWith('down');
    await assert.rejects(keys.keyFor(issuer.kid), { code: 'identity.unavailable' });
    issuer.answerWith('fine');
    await assert.rejects(keys.keyFor(issuer.kid), { code: 'identity.unavailable' }, 'a short pause is kept');
    clock.advance(5 * second);
    assert.ok(await keys.keyFor(issuer.kid));
  });

  for (const odd of ['huge', 'foreign keys', 'short key', 'silent'] as const) {
    it(`are not taken from an endpoint that answers oddly: ${odd}`, async () => {
      issuer.answerWith(odd);
      await assert.rejects(keys.keyFor(issuer.kid), { code: 'identity.unavailable' });
    }).timeout(10_000);
  }

  it('survive a set that has become useless', async () => {
    await keys.keyFor(issuer.kid);
    issuer.answerWith('short key');
    assert.equal(await keys.keyFor('unknown'), undefined);
    assert.ok(await keys.keyFor(issuer.kid));
  });
});

function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

async function eventually(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await settled();
}
