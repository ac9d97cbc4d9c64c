import assert from 'node:assert/strict';
import { verifyRecord } from '../../src/audit/verify.js';
import { cardOf, refOf } from '../support/on-card.js';
import { openPimStage, type PimStage } from '../support/pim-stage.js';
import { type Attack, smuggledCard } from './attack.js';
import { attackOnRoles } from './pim-attack.js';

/** The card on which somebody follows their own role is theirs alone. */
describe('attacks on somebody’s role', () => {
  let stage: PimStage;
  let attack: Attack;
  let active: { readonly message: string; readonly ref: string; readonly id: string };
  let waiting: typeof active;

  const activated = async (key: string): Promise<typeof active> => {
    const { id: message } = await stage.activate('engineer', key);
    const ref = refOf((await stage.entry('engineer', message)).card);
    return { message, ref, id: (await stage.request('engineer', key)).id };
  };
  before(async () => {
    stage = await openPimStage();
    attack = attackOnRoles(stage);
    waiting = await activated('platform-admins');
    active = await activated('exchange-admin');
    await stage.advance('PT6M');
  });
  after(async () => {
    const verdict = await verifyRecord(stage.store());
    const strangers = (await stage.sent()).filter(({ token }) => token !== 'user');
    await stage.close();
    assert.equal(verdict.kind, 'intact');
    assert.deepEqual(strangers, [], 'no write carries the bot’s own token');
  });

  for (const person of ['manager', 'guest']) {
    for (const [verb, data] of [
      ['pim.show', () => ({ ref: active.ref })],
      ['pim.show', () => ({ ref: waiting.ref })],
      ['pim.end', () => ({ ref: active.ref })],
      ['pim.cancel', () => ({ ref: waiting.ref })],
      ['pim.form', () => ({ again: active.ref })],
    ] as const) {
      it(`${person} presses ${verb} with the reference on the engineer’s card`, async () => {
        const { code, text } = await attack(person, verb, data());
        assert.equal(code, 'flows.not-your-card');
        assert.doesNotMatch(text, /Exchange|AI Platform|index/);
      });
    }
  }

  for (const [verb, which] of [
    ['pim.end', 'active'],
    ['pim.cancel', 'waiting'],
  ] as const) {
    it(`nobody else presses ${verb}, not even with a card of their own about it`, async () => {
      const { id } = which === 'active' ? active : waiting;
      for (const person of ['manager', 'guest']) {
        const ref = await smuggledCard(stage, person, { kind: 'pim.status', item: `activation:${id}` });
        const { code } = await attack(person, verb, { ref });
        assert.equal(code, 'flows.not-your-card');
      }
    });
  }

  it('what waits cannot be ended, and what is active not be taken back', async () => {
    const ended = await attack('engineer', 'pim.end', { ref: waiting.ref }, waiting.message);
    assert.equal(ended.code, 'pim.not-active');
    const cancelled = await attack('engineer', 'pim.cancel', { ref: active.ref }, active.message);
    assert.equal(cancelled.code, 'pim.not-open');
  });

  it('a status card decides nothing', async () => {
    for (const verb of ['pim.approve', 'pim.deny', 'pim.expected', 'pim.question']) {
      const { code } = await attack('engineer', verb, { ref: waiting.ref, comment: 'Fine' });
      assert.equal(code, 'flows.unknown-card');
    }
  });

  it('ended a second time from an old copy: nothing more happens', async () => {
    cardOf(await stage.press('engineer', active.message, 'pim.end', { ref: active.ref }));
    const { code, text } = await attack('engineer', 'pim.end', { ref: active.ref });
    assert.equal(code, 'pim.not-active');
    assert.match(text, /^Ended/);
  });

  it('taken back a second time from an old copy: nothing more happens', async () => {
    cardOf(await stage.press('engineer', waiting.message, 'pim.cancel', { ref: waiting.ref }));
    const { code, text } = await attack('engineer', 'pim.cancel', { ref: waiting.ref });
    assert.equal(code, 'pim.not-open');
    assert.match(text, /^Taken back/);
  });
});

describe('a role that began just now', () => {
  let stage: PimStage;
  before(async () => {
    stage = await openPimStage();
  });
  after(() => stage.close());

  it('is not ended in its first five minutes, and the card says from when on', async () => {
    const { id } = await stage.activate('engineer', 'exchange-admin');
    const ref = refOf((await stage.entry('engineer', id)).card);
    const { code, text } = await attackOnRoles(stage)('engineer', 'pim.end', { ref }, id);
    assert.equal(code, 'pim.too-soon');
    assert.match(text, /does not end an activation in its first five minutes/);
  });
});
