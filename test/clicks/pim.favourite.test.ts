import assert from 'node:assert/strict';
import { cardText } from '../support/card-text.js';
import { readIn } from '../support/on-card.js';
import { roleIn } from '../support/pim-card.js';
import { openPimStage, type PimStage } from '../support/pim-stage.js';

describe('pim.favourite', () => {
  let stage: PimStage;
  before(async () => {
    stage = await openPimStage();
  });
  after(() => stage.close());

  const mark = async (key: string, on: boolean, query = ''): Promise<string> => {
    const list = await stage.roles('engineer');
    const role = roleIn(list, await stage.target(key));
    return readIn(await stage.press('engineer', list.id, 'pim.favourite', { role, on, query }));
  };
  /** Where the star stands, and whose it is. */
  const first = (text: string): string => /You can activate[\s\S]*?\n[★☆]\n(.+)/.exec(text)?.[1] ?? '';

  it('puts a role on top of the list, of each of the three kinds', async () => {
    for (const [key, name] of [
      ['security-admin', 'Security Administrator'],
      ['platform-admins', 'AI Platform Admins'],
      ['blob-reader', 'Storage Blob Data Reader'],
    ] as const) {
      const text = await mark(key, true);
      assert.match(text, new RegExp(`★\\n${name}`));
      assert.ok(text.indexOf(`★\n${name}`) < text.indexOf('☆'), `${name} stands above the others`);
      await mark(key, false);
    }
  });

  it('is still there for the next list, after a restart, and for nobody else', async () => {
    await mark('security-admin', true);
    await stage.restartBot();
    const text = cardText((await stage.roles('engineer')).card);
    assert.equal(first(text), 'Security Administrator');
    assert.doesNotMatch(cardText((await stage.roles('manager')).card), /★/);
  });

  it('is taken away again by the same star', async () => {
    const text = await mark('security-admin', false);
    assert.doesNotMatch(text, /★/);
    assert.equal(first(text), 'AI Administrator');
  });

  it('keeps the search that it was pressed in', async () => {
    const text = await mark('power-platform', true, 'platform');
    assert.match(text, /★\nPower Platform Administrator/);
    assert.doesNotMatch(text, /Exchange Administrator/);
  });

  it('pressed twice is one favourite', async () => {
    await mark('power-platform', true);
    await mark('power-platform', true);
    const { db } = stage.store();
    assert.equal((await db.selectFrom('favourites').selectAll().execute()).length, 1);
  });

  it('writes nothing to Entra', async () => {
    assert.deepEqual(await stage.sent(), []);
  });
});
