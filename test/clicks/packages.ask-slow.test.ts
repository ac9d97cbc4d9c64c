import assert from 'node:assert/strict';
import { readIn } from '../support/on-card.js';
import { openPackagesStage, type PackagesStage } from '../support/packages-stage.js';

describe('packages.ask while Entra is slow', () => {
  let stage: PackagesStage;
  before(async () => {
    stage = await openPackagesStage();
  });
  after(() => stage.close());

  it('a Graph that takes its time: the answer comes before Teams gives up, the outcome on the card later', async () => {
    const form = await stage.form('appowner', 'standard');
    await stage.fault({
      match: { service: 'graph', method: 'POST', path: '/assignmentRequests' },
      do: { delayMs: 5_000 },
    });
    await stage.fault({ match: { service: 'graph', method: 'GET', path: 'target' }, do: { delayMs: 4_000 } });
    const answer = await stage.send('appowner', form.id);
    assert.match(readIn(answer), /^Being sent/);
    await stage.says('appowner', form.id, /Olumide Castellane/);
  });
});
