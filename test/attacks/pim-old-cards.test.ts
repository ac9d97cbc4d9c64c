import assert from 'node:assert/strict';
import { verifyRecord } from '../../src/audit/verify.js';
import { cardOf, readIn, refOf } from '../support/on-card.js';
import { goodReason, openPimStage, type PimStage } from '../support/pim-stage.js';
import { type Attack, plainCardOf } from './attack.js';
import { attackOnRoles } from './pim-attack.js';

const typed = { minutes: '60', reason: goodReason, ticketSystem: 'ServiceNow', ticketNumber: 'INC-4711' };

/** A form that was sent is a status card from then on: nothing can be asked for with it a second time. */
describe('a form that was sent before', () => {
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

  const sentOnce = async (key: string) => {
    const { id } = await stage.form('engineer', key);
    const ref = refOf((await stage.entry('engineer', id)).card);
    cardOf(await stage.send('engineer', id));
    return { id, ref };
  };
  /** From another message, as somebody does who kept the old card. */
  const sendAgain = async (ref: string) => {
    const before = (await stage.sent()).length;
    const answer = await stage.press('engineer', await plainCardOf(stage, 'engineer'), 'pim.ask', {
      ref,
      ...typed,
      reason: 'Another reason, for another hour of the same role',
    });
    assert.equal((await stage.sent()).length, before, 'a second request');
    assert.equal((await stage.staged()).requests.length, 1);
    return readIn(answer);
  };

  it('shows how it stands while it waits', async () => {
    const { ref } = await sentOnce('platform-admins');
    assert.match(await sendAgain(ref), /^Waiting for approval/);
  });

  it('shows that it was denied, and by whom', async () => {
    const { ref } = await sentOnce('platform-admins');
    const card = await stage.decideCard('manager');
    await stage.press('manager', card.id, 'pim.deny', { comment: 'Not before the release' });
    assert.match(await sendAgain(ref), /^Denied[\s\S]*Olumide Castellane/);
  });

  it('shows that it was taken back', async () => {
    const { id, ref } = await sentOnce('platform-admins');
    cardOf(await stage.press('engineer', id, 'pim.cancel'));
    assert.match(await sendAgain(ref), /^Taken back/);
  });

  it('shows that nobody decided it in time', async () => {
    const { id, ref } = await sentOnce('platform-admins');
    await stage.advance('PT25H');
    await stage.says('engineer', id, /^Not decided in time/);
    assert.match(await sendAgain(ref), /^Not decided in time/);
  });

  it('shows that it is active', async () => {
    const { ref } = await sentOnce('exchange-admin');
    assert.match(await sendAgain(ref), /^(Almost ready|Ready to use)/);
  });

  it('shows that it is over', async () => {
    const { id, ref } = await sentOnce('exchange-admin');
    await stage.advance('PT61M');
    await stage.says('engineer', id, /^Ended/);
    assert.match(await sendAgain(ref), /^Ended/);
  });
});

describe('cards that are too old', () => {
  let stage: PimStage;
  let attack: Attack;
  before(async () => {
    stage = await openPimStage();
    attack = attackOnRoles(stage);
  });
  after(() => stage.close());

  const grownOld = (ref: string) =>
    stage
      .store()
      .write((tx) => tx.updateTable('cards').set({ expires_at: 1 }).where('ref', '=', ref).execute());

  it('an old form asks for nothing', async () => {
    const { card } = await stage.form('engineer', 'security-admin');
    await grownOld(refOf(card));
    const { code } = await attack('engineer', 'pim.ask', { ref: refOf(card), ...typed });
    assert.equal(code, 'flows.card-expired');
  });

  it('an old status card takes nothing back', async () => {
    const { id } = await stage.activate('engineer', 'platform-admins');
    const ref = refOf((await stage.entry('engineer', id)).card);
    await grownOld(ref);
    const { code } = await attack('engineer', 'pim.cancel', { ref });
    assert.equal(code, 'flows.card-expired');
  });

  it('an old status card ends nothing', async () => {
    const { id } = await stage.activate('engineer', 'exchange-admin');
    const ref = refOf((await stage.entry('engineer', id)).card);
    await stage.advance('PT6M');
    await grownOld(ref);
    const { code } = await attack('engineer', 'pim.end', { ref });
    assert.equal(code, 'flows.card-expired');
  });
});
