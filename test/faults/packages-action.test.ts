import assert from 'node:assert/strict';
import { verifyRecord } from '../../src/audit/verify.js';
import { askFor } from '../support/ask-for.js';
import { cardText } from '../support/card-text.js';
import { dataOf, hasButton } from '../support/on-card.js';
import { goodReason, openPackagesStage, type PackagesStage } from '../support/packages-stage.js';
import { until } from '../support/until.js';

/** The write itself goes wrong: Entra has the effect once and the card says so, or not at all and the button works. */
describe('an action that goes wrong on its way to Entra', () => {
  let stage: PackagesStage;
  before(async () => {
    stage = await openPackagesStage();
  });
  beforeEach(() => stage.reset());
  afterEach(async () => {
    assert.ok((await stage.writes()).every(({ token }) => token === 'user'));
  });
  after(async () => {
    const verdict = await verifyRecord(stage.store());
    await stage.close();
    assert.equal(verdict.kind, 'intact');
  });

  const landed = async (method: string) =>
    (await stage.writes()).filter((write) => write.method === method && write.status < 300).length;
  const waitingRequest = async () => {
    const mine = await askFor(stage, 'engineer', 'the research assistant');
    return { mine, card: await stage.card('manager', /Ayumi Fernqvist asks/) };
  };
  /** What was signed in for before does not count: only a new token shows what is demanded. */
  const forgetTokens = () => stage.restartBot();
  const patch = { service: 'graph', method: 'PATCH' };

  it('an answer to the request that cannot be read is still a request, and the card follows it', async () => {
    await stage.say('engineer', 'I need the research assistant');
    const form = await stage.card('engineer', /standard/);
    await stage.fault({
      match: { service: 'graph', method: 'POST', path: '/assignmentRequests' },
      do: { status: 201, body: {}, afterEffect: true },
    });
    const answer = await stage.press('engineer', form.id, 'packages.ask', { reason: goodReason });
    assert.match(cardText(answer.value), /^Asked/);
    await until('the card to wait', async () => /^Waiting/.test(await stage.text('engineer', form.id)));
    await stage.card('manager', /Ayumi Fernqvist asks/);
  });

  it('a failure that can only be told later is told, even when Graph is still busy then', async () => {
    await stage.say('engineer', 'I need the research assistant');
    const form = await stage.card('engineer', /standard/);
    const earlier = new Set(
      (await stage.store().db.selectFrom('claims').select('id').execute()).map(({ id }) => id),
    );
    const busy = { status: 429, retryAfter: 5 };
    const submit = { service: 'graph', method: 'POST', path: '/assignmentRequests' };
    await stage.fault({ match: submit, do: busy, times: 20 });
    const pressed = stage.press('engineer', form.id, 'packages.ask', { reason: goodReason });
    await until('a throttled request', async () =>
      (await stage.requests('graph')).some(({ status }) => status === 429),
    );
    const app = { service: 'graph', method: 'GET', path: '/accessPackages/' };
    await stage.fault({ match: app, do: { status: 429, retryAfter: 60 }, times: 20 });
    assert.match(cardText((await pressed).value), /^Being sent/);
    await until(
      'the bot to give up',
      async () => {
        const claims = await stage.store().db.selectFrom('claims').select(['id', 'state']).execute();
        return claims.every(({ id, state }) => earlier.has(id) || state === 'void');
      },
      20_000,
    );
    await stage.clearFaults();
    await stage.advance('PT2M');
    await until('a form that can be sent again', async () =>
      /did not reach Entra/.test(await stage.text('engineer', form.id)),
    );
  });

  for (const afterEffect of [false, true]) {
    it(`an answer lost ${afterEffect ? 'after' : 'before'} the effect is one decision`, async () => {
      const { card } = await waitingRequest();
      await stage.fault({ match: patch, do: { drop: true, afterEffect } });
      const answer = await stage.press('manager', card.id, 'packages.approve', { comment: 'Fine' });
      assert.match(cardText(answer.value), /^Approved by you/);
      assert.equal(
        (await stage.writes()).filter(({ method }) => method === 'PATCH').length,
        afterEffect ? 1 : 2,
      );
    });
  }

  it('a decision whose answer was lost while somebody else decided shows what Entra recorded', async () => {
    const { portal } = stage;
    await askFor(stage, 'engineer', 'the elevated connectors');
    const card = await stage.card('security', /Ayumi Fernqvist asks/);
    await stage.fault({ match: patch, do: { drop: true, delayMs: 1_000 } });
    const pressed = stage.press('security', card.id, 'packages.approve', { comment: 'Fine' });
    await until('the decision under way', async () =>
      (await stage.writes()).some(({ method }) => method === 'PATCH'),
    );
    await portal.decide('appowner', (await portal.newest('engineer')).id, 'Deny', 'Training first');
    const answer = await pressed;
    assert.match(cardText(answer.value), /^Denied by Wanjiru Halvorsen/);
    await stage.card('engineer', /^Denied[\s\S]*Wanjiru Halvorsen denied it:\nTraining first/);
  });

  it('a token that ends between the facts and the write is renewed, and the decision made once', async () => {
    const { card } = await waitingRequest();
    await stage.fault({ match: patch, do: { status: 401 } });
    const answer = await stage.press('manager', card.id, 'packages.approve', { comment: 'Fine' });
    assert.match(cardText(answer.value), /^Approved by you/);
    assert.equal(await landed('PATCH'), 1);
  });

  it('a right taken away between the facts and the write ends in a refusal, and the card keeps its buttons', async () => {
    const { card } = await waitingRequest();
    await stage.fault({
      match: patch,
      do: { status: 403, body: { error: { code: 'UnAuthorized', message: 'no' } } },
    });
    await stage.press('manager', card.id, 'packages.approve', { comment: 'Fine' });
    assert.equal(await landed('PATCH'), 0);
    const again = await stage.press('manager', card.id, 'packages.approve', { comment: 'Fine' });
    assert.match(cardText(again.value), /^Approved by you/);
  });

  it('a stronger sign-in that is demanded before the decision leads to one decision after it', async () => {
    await forgetTokens();
    const { card } = await waitingRequest();
    await stage.post('/people/manager/step-up', { require: 'c1' });
    const asked = await stage.press('manager', card.id, 'packages.approve', { comment: 'Fine' });
    assert.equal(asked.statusCode, 401, JSON.stringify(asked));
    assert.equal(await landed('PATCH'), 0);
    const answer = await stage.post<{ value: unknown }>(`/people/manager/cards/${card.id}/sign-in`, {});
    assert.match(cardText(answer.value), /^Approved by you/);
    assert.equal(await landed('PATCH'), 1);
  });

  it('consent that was withdrawn is asked for again, and the decision is then made once', async () => {
    await forgetTokens();
    const { card } = await waitingRequest();
    await stage.post('/people/manager/consent', { withdraw: ['EntitlementManagement.ReadWrite.All'] });
    await stage.press('manager', card.id, 'packages.approve', { comment: 'Fine' });
    assert.equal(await landed('PATCH'), 0);
    const answer = await stage.post<{ value: unknown }>(`/people/manager/cards/${card.id}/sign-in`, {});
    assert.match(cardText(answer.value), /^Approved by you/);
    assert.ok(!hasButton(answer.value, 'packages.approve'));
  });

  for (const retryAfter of [undefined, 1, 30])
    for (const [method, path] of [
      ['GET', '/stages'],
      ['GET', '/assignmentRequests/'],
      ['GET', '/users/'],
      ['PATCH', '/stages/'],
    ] as const)
      it(`${method} ${path} throttled, Retry-After ${retryAfter ?? 'missing'}: nothing is done twice`, async () => {
        const { mine, card } = await waitingRequest();
        const data = { ...dataOf(card.card, 'packages.approve'), comment: 'Fine' };
        const effect = { status: 429, ...(retryAfter === undefined ? {} : { retryAfter }) };
        await stage.fault({ match: { service: 'graph', method, path }, do: effect });
        await stage.press('manager', card.id, 'packages.approve', data);
        assert.ok((await stage.requests('graph')).some(({ status }) => status === 429));
        await stage.clearFaults();
        await stage.press('manager', card.id, 'packages.approve', data);
        await stage.advance('PT1M');
        await stage.says('engineer', mine.id, /^You have access/);
        assert.equal(await landed('PATCH'), 1);
      });
});
