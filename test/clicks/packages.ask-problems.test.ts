import assert from 'node:assert/strict';
import { readIn } from '../support/on-card.js';
import { goodReason, openPackagesStage, type PackagesStage } from '../support/packages-stage.js';

describe('packages.ask while Entra has a bad moment', () => {
  let stage: PackagesStage;
  before(async () => {
    stage = await openPackagesStage();
  });
  after(() => stage.close());

  it('takes the lost answer of the POST for what it was: one request, found again', async () => {
    const form = await stage.form('starter', 'standard');
    await stage.fault({
      match: { service: 'graph', method: 'POST', path: '/assignmentRequests' },
      do: { drop: true, afterEffect: true },
    });
    const answer = await stage.send('starter', form.id);
    assert.match(readIn(answer), /^(Asked|Waiting for a decision)/);
    assert.equal((await stage.sent()).length, 1);
  });

  it('a Graph that is down: on its way, then "did not reach Entra", and the same button works', async () => {
    const form = await stage.form('helpdesk', 'standard');
    await stage.fault({
      match: { service: 'graph', method: 'POST', path: '/assignmentRequests' },
      do: { status: 503, retryAfter: 60 },
      times: 20,
    });
    const down = await stage.send('helpdesk', form.id);
    assert.match(readIn(down), /^Being sent/);
    await stage.clearFaults();
    await stage.advance('PT2M');
    const back = await stage.says('helpdesk', form.id, /did not reach Entra/);
    assert.match(back, new RegExp(goodReason), 'what was typed is still there');
    const up = await stage.send('helpdesk', form.id);
    assert.match(readIn(up), /^(Asked|Waiting for a decision)/);
  });
});
