import assert from 'node:assert/strict';
import { cardText } from '../support/card-text.js';
import { openStage, type Stage } from '../support/stage.js';

const reason = 'Reading the supplier contracts of project Nord';

describe('packages.ask', () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage.close());

  it('pressed three times at once makes one request, and every answer shows it', async () => {
    await stage.say('engineer', 'I need the research assistant');
    const form = await stage.card('engineer', /research assistant - standard/);
    const answer = await stage.press('engineer', form.id, 'packages.ask', { reason }, { deliver: 3 });
    assert.equal(answer.statusCode, 200);
    assert.equal((await stage.writes()).length, 1);
  });

  it('asking for the same package again shows the open request instead of a second form', async () => {
    await stage.say('engineer', 'research assistant standard access please');
    const status = await stage.card('engineer', /waiting|asked/i);
    assert.doesNotMatch(JSON.stringify(status.card), /packages\.ask"/);
    assert.equal((await stage.writes()).length, 1);
  });

  it('a package without approval is delivered, and the same card says so', async () => {
    await stage.say('finance', 'I need the prompt library');
    const form = await stage.card('finance', /Prompt library/);
    await stage.press('finance', form.id, 'packages.ask', { reason });
    const card = await stage.card('finance', /Prompt library[\s\S]*(you have|ready|delivered)/i);
    assert.equal(card.id, form.id);
    assert.match(cardText(card.card), /Prompt library/);
  });

  it('takes the lost answer of the POST for what it was: one request, found again', async () => {
    await stage.say('starter', 'I need the research assistant');
    const form = await stage.card('starter', /research assistant - standard/);
    const before = (await stage.writes()).length;
    await stage.fault({
      match: { service: 'graph', method: 'POST', path: '/assignmentRequests' },
      do: { drop: true, afterEffect: true },
    });
    const answer = await stage.press('starter', form.id, 'packages.ask', { reason });
    assert.equal(answer.statusCode, 200);
    assert.match(cardText(answer.value), /asked|waiting|sent/i);
    assert.equal((await stage.writes()).length, before + 1);
  });

  it('a Graph that is down: on its way, then "did not reach Entra", and the same button works', async () => {
    await stage.say('helpdesk', 'I need the research assistant');
    const form = await stage.card('helpdesk', /research assistant - standard/);
    await stage.fault({
      match: { service: 'graph', method: 'POST', path: '/assignmentRequests' },
      do: { status: 503, retryAfter: 60 },
      times: 20,
    });
    const down = await stage.press('helpdesk', form.id, 'packages.ask', { reason });
    assert.match(cardText(down.value), /Being sent/);
    await stage.clearFaults();
    await stage.advance('PT2M');
    await stage.card('helpdesk', /did not reach Entra/);
    const up = await stage.press('helpdesk', form.id, 'packages.ask', { reason });
    assert.match(cardText(up.value), /asked|waiting|sent/i);
  });

  it('a Graph that takes its time: the answer comes before Teams gives up, the outcome on the card later', async () => {
    await stage.say('appowner', 'I need the research assistant');
    const form = await stage.card('appowner', /research assistant - standard/);
    await stage.fault({
      match: { service: 'graph', method: 'POST', path: '/assignmentRequests' },
      do: { delayMs: 5_000 },
    });
    await stage.fault({ match: { service: 'graph', method: 'GET', path: 'target' }, do: { delayMs: 4_000 } });
    const answer = await stage.press('appowner', form.id, 'packages.ask', { reason });
    assert.match(cardText(answer.value), /Being sent/);
    await stage.card('appowner', /Olumide Castellane/);
  });
});
