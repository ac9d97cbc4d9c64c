import assert from 'node:assert/strict';
import { verifyRecord } from '../../src/audit/verify.js';
import { readIn, refOf } from '../support/on-card.js';
import { goodReason, openPimStage, type PimStage } from '../support/pim-stage.js';

const typed = { minutes: '60', reason: goodReason, ticketSystem: 'ServiceNow', ticketNumber: 'INC-4711' };
const post = { service: 'graph', method: 'POST', path: 'ScheduleRequests' };
const put = { service: 'azure', method: 'PUT', path: 'roleAssignmentScheduleRequests' };
const asked = /^(Waiting for approval|Almost ready|Ready to use)/;
/** Whatever is read meanwhile, it is a sentence: no code of Entra's, and no name of an error. A reference may hold any digits. */
const noNonsense = /\{"error"|TypeError|undefined|\b(?:429|503)\b|InternalServerError|TooManyRequests/;

/** Entra stumbles while a role is asked for: one request, or none and a form that can be sent again. */
describe('asking for a role when Entra is in trouble', () => {
  let stage: PimStage;
  before(async () => {
    stage = await openPimStage();
  });
  beforeEach(() => stage.reset());
  after(async () => {
    const verdict = await verifyRecord(stage.store());
    await stage.close();
    assert.equal(verdict.kind, 'intact');
  });

  /** A form, and a way to press its button from the same message, whatever that shows. */
  const openForm = async (key: string) => {
    const { id, card } = await stage.form('engineer', key);
    const data = { ref: refOf(card), ...typed };
    return { id, press: () => stage.press('engineer', id, 'pim.ask', data) };
  };
  /** Entra's own check comes first and is the same call: it goes through. */
  const afterTheCheck = async (effect: object, times = 1) => {
    await stage.fault({ match: post, do: { delayMs: 1 } });
    await stage.fault({ match: post, do: effect, times });
  };
  const requests = async () => (await stage.staged()).requests.length;

  for (const afterEffect of [false, true]) {
    const when = afterEffect ? 'after' : 'before';
    for (const key of ['exchange-admin', 'platform-admins']) {
      it(`${key}: an answer lost ${when} the effect is one request`, async () => {
        const { press } = await openForm(key);
        await afterTheCheck({ drop: true, afterEffect });
        const answer = await press();
        if (!afterEffect && !asked.test(readIn(answer))) assert.match(readIn(await press()), asked);
        assert.equal(await requests(), 1);
      });
    }
    it(`blob-reader in Azure: an answer lost ${when} the effect is one request`, async () => {
      const { press } = await openForm('blob-reader');
      await stage.fault({ match: put, do: { drop: true, afterEffect } });
      const answer = await press();
      if (!afterEffect && !asked.test(readIn(answer))) assert.match(readIn(await press()), asked);
      assert.equal(await requests(), 1);
    });
  }

  it('an answer that cannot be read is still a request, and the card follows it', async () => {
    const { id, press } = await openForm('platform-admins');
    await afterTheCheck({ status: 201, body: {}, afterEffect: true });
    assert.match(readIn(await press()), asked);
    await stage.says('engineer', id, /^Waiting for approval/);
    await stage.decideCard('manager');
    assert.equal(await requests(), 1);
  });

  it('an answer to Entra’s check that is lost: nothing is sent before it was checked', async () => {
    const { press } = await openForm('platform-admins');
    await stage.fault({ match: post, do: { drop: true }, times: 4 });
    const answer = await press();
    assert.doesNotMatch(readIn(answer), noNonsense);
    assert.equal(await requests(), 0);
    await stage.clearFaults();
    assert.match(readIn(await press()), asked);
    assert.equal(await requests(), 1);
  });

  it('a token that ends between check and request is renewed, and the request made once', async () => {
    const { press } = await openForm('platform-admins');
    await afterTheCheck({ status: 401 });
    assert.match(readIn(await press()), asked);
    assert.equal(await requests(), 1);
  });

  it('a right taken away between check and request ends in a sentence, and the form works later', async () => {
    const { press } = await openForm('platform-admins');
    await afterTheCheck({ status: 403 });
    const answer = await press();
    assert.doesNotMatch(readIn(answer), noNonsense);
    assert.equal(await requests(), 0);
    await stage.clearFaults();
    assert.match(readIn(await press()), asked);
  });

  const calls: readonly (readonly [string, string, string])[] = [
    ['graph', 'GET', '/users/'],
    ['graph', 'GET', 'eligibilityScheduleInstances/filterByCurrentUser'],
    ['graph', 'GET', 'assignmentScheduleInstances/filterByCurrentUser'],
    ['graph', 'GET', 'assignmentScheduleRequests/filterByCurrentUser'],
    ['graph', 'GET', '/policies/roleManagementPolicyAssignments'],
    ['graph', 'POST', 'assignmentScheduleRequests'],
    ['sts', 'POST', '/token'],
  ];
  for (const effect of [
    { status: 429 },
    { status: 429, retryAfter: 1 },
    { status: 429, retryAfter: 60 },
    { status: 503 },
  ]) {
    it(`${effect.status} at every call, Retry-After ${effect.retryAfter ?? 'missing'}: plain words, and one request`, async () => {
      const { press } = await openForm('platform-admins');
      for (const [service, method, path] of calls) {
        await stage.fault({ match: { service, method, path }, do: effect });
        assert.doesNotMatch(readIn(await press()), noNonsense, path);
        await stage.clearFaults();
      }
      assert.match(readIn(await press()), asked);
      assert.equal(await requests(), 1);
    });
  }

  it('the request itself is refused as too many, again and again: told so, and sent once later', async () => {
    const { id, press } = await openForm('platform-admins');
    await afterTheCheck({ status: 429, retryAfter: 60 }, 20);
    const answer = await press();
    assert.doesNotMatch(readIn(answer), noNonsense);
    assert.equal(await requests(), 0);
    await stage.clearFaults();
    await stage.advance('PT2M');
    assert.match(readIn(await press()), asked);
    assert.equal(await requests(), 1);
    await stage.says('engineer', id, /^Waiting for approval/);
  });

  it('what Entra refuses is told the same, however it wraps it', async () => {
    for (const wrapErrors of [true, false]) {
      await stage.post('/pim/settings', { wrapErrors });
      const { press } = await openForm('platform-admins');
      await stage.post('/pim/rules', { target: 'platform-admins', longest: 'PT30M' });
      const before = (await stage.refusals()).length;
      assert.match(readIn(await press()), /shorter time/);
      assert.deepEqual((await stage.refusals()).slice(before), ['pim.form']);
      await stage.post('/pim/rules', { target: 'platform-admins', longest: 'PT4H' });
    }
    assert.equal(await requests(), 0);
  });
});
