import assert from 'node:assert/strict';
import { verifyRecord } from '../../src/audit/verify.js';
import { hasButton, readIn, refOf } from '../support/on-card.js';
import { openPimStage, type PimStage } from '../support/pim-stage.js';
import { until } from '../support/until.js';

const comment = 'I know of the incident and looked at the ticket';
const noNonsense = /\{"error"|TypeError|undefined|\b(?:429|503)\b|InternalServerError|TooManyRequests/;

/** Entra stumbles while a request is decided: it happens once, or not at all and the button works. */
describe('deciding about a role when Entra is in trouble', () => {
  let stage: PimStage;
  before(async () => {
    stage = await openPimStage();
  });
  beforeEach(() => stage.reset());
  afterEach(async () => {
    assert.deepEqual(
      (await stage.sent()).filter(({ token }) => token !== 'user'),
      [],
    );
  });
  after(async () => {
    const verdict = await verifyRecord(stage.store());
    await stage.close();
    assert.equal(verdict.kind, 'intact');
  });

  const waiting = async (key: string, approver: string) => {
    await stage.activate('engineer', key);
    const card = await stage.decideCard(approver);
    const data = { ref: refOf(card.card), comment };
    const press = (verb = 'pim.approve') => stage.press(approver, card.id, verb, data);
    return { press };
  };
  const decided = async (key: string) => {
    const { step } = await stage.request('engineer', key);
    return step?.result;
  };
  const landed = async () =>
    (await stage.sent()).filter(({ method, status }) => method === 'PATCH' && status >= 200 && status < 300)
      .length;

  for (const [key, approver, service] of [
    ['platform-admins', 'manager', 'graph'],
    ['groups-admin', 'security', 'graph'],
    ['cognitive', 'appowner', 'azure'],
  ] as const) {
    const patch = { service, method: 'PATCH' };
    for (const afterEffect of [false, true]) {
      it(`${key}: an answer lost ${afterEffect ? 'after' : 'before'} the effect is one decision`, async () => {
        const { press } = await waiting(key, approver);
        await stage.fault({ match: patch, do: { drop: true, afterEffect } });
        const answer = await press();
        if (!afterEffect && !readIn(answer).startsWith('Approved by you')) {
          assert.match(readIn(await press()), /^Approved by you/);
        }
        // Cut off, the call that had its effect has no status.
        const tries = (await stage.sent()).filter(({ method }) => method === 'PATCH').length;
        assert.equal(afterEffect ? tries : await landed(), 1);
        assert.equal(await decided(key), 'Approved');
      });
    }
  }

  const patch = { service: 'graph', method: 'PATCH' };
  const calls: readonly (readonly [string, string, string])[] = [
    ['graph', 'GET', "filterByCurrentUser(on='approver')"],
    ['graph', 'GET', '/steps'],
    ['graph', 'GET', '/users/'],
    ['graph', 'GET', '/policies/roleManagementPolicyAssignments'],
    ['graph', 'PATCH', '/steps/'],
  ];
  for (const effect of [
    { status: 429 },
    { status: 429, retryAfter: 1 },
    { status: 429, retryAfter: 60 },
    { status: 503 },
  ]) {
    it(`${effect.status} at every call, Retry-After ${effect.retryAfter ?? 'missing'}: plain words, and one decision`, async () => {
      const { press } = await waiting('platform-admins', 'manager');
      for (const [service, method, path] of calls) {
        await stage.fault({ match: { service, method, path }, do: effect });
        assert.doesNotMatch(readIn(await press()), noNonsense, path);
        await stage.clearFaults();
      }
      assert.match(readIn(await press()), /^Approved by you/);
      assert.equal(await landed(), 1);
    });
  }

  it('a decision whose answer was lost while somebody else decided shows what Entra recorded', async () => {
    const { press } = await waiting('platform-admins', 'manager');
    const { id } = await stage.request('engineer', 'platform-admins');
    await stage.fault({ match: patch, do: { drop: true, delayMs: 800 } });
    const pressed = press();
    await until('the decision under way', async () =>
      (await stage.sent()).some(({ method }) => method === 'PATCH'),
    );
    await stage.portal.deny('appowner', id, 'Training first');
    assert.match(readIn(await pressed), /^Denied by Wanjiru Halvorsen[\s\S]*Training first/);
    assert.equal(await decided('platform-admins'), 'Denied');
  });

  it('a token that ends between look and decision is renewed, and the decision made once', async () => {
    const { press } = await waiting('platform-admins', 'manager');
    await stage.fault({ match: patch, do: { status: 401 } });
    assert.match(readIn(await press()), /^Approved by you/);
    assert.equal(await landed(), 1);
  });

  it('an answer that cannot be read is still a decision', async () => {
    const { press } = await waiting('platform-admins', 'manager');
    await stage.fault({ match: patch, do: { status: 200, body: { odd: true }, afterEffect: true } });
    assert.match(readIn(await press()), /^Approved by you/);
    assert.equal(await landed(), 1);
  });

  it('a role that somebody is changing just now: told so, and the button works a moment later', async () => {
    const { press } = await waiting('platform-admins', 'manager');
    const locked = { status: 423, body: { error: { code: 'ResourceIsLocked', message: 'locked' } } };
    await stage.fault({ match: patch, do: locked });
    assert.doesNotMatch(readIn(await press()), noNonsense);
    assert.equal(await landed(), 0);
    assert.match(readIn(await press()), /^Approved by you/);
  });
});

/** On a stage of its own: what was sent in the stories before counts against how fast the bot may write to a chat. */
describe('deciding about a role when the chat cannot be reached', () => {
  let stage: PimStage;
  before(async () => {
    stage = await openPimStage();
  });
  after(() => stage.close());

  it('is done, and everybody’s card is changed later', async () => {
    const { id: mine } = await stage.activate('engineer', 'platform-admins');
    const card = await stage.decideCard('manager');
    const others = await stage.decideCard('appowner');
    await stage.fault({ match: { service: 'connector' }, do: { status: 503 }, times: 6 });
    const data = { ref: refOf(card.card), comment };
    const answer = await stage.press('manager', card.id, 'pim.approve', data);
    assert.match(readIn(answer), /^Approved by you/);
    await stage.clearFaults();
    await stage.advance('PT1M');
    await stage.says('appowner', others.id, /^Approved by Olumide Castellane/);
    await stage.says('engineer', mine, /Almost ready|Ready/);
    assert.ok(!hasButton((await stage.entry('manager', card.id)).card, 'pim.approve'));
  });
});
