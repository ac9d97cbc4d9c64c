import assert from 'node:assert/strict';
import { cardText } from '../support/card-text.js';
import { hasButton, readIn } from '../support/on-card.js';
import { codeIn, dataTitled, isPassCard, newPasskey } from '../support/recovery-card.js';
import { openRecoveryStage, type RecoveryStage } from '../support/recovery-stage.js';

describe('recovery.issue where something stands in the way', () => {
  let stage: RecoveryStage;
  let helper: string;
  before(async () => {
    stage = await openRecoveryStage();
    await stage.open('finance', 'lost');
    await stage.attest('manager', 'finance');
    helper = (await stage.issueCard('helpdesk', 'finance')).id;
  });
  after(() => stage.close());

  const press = async () => {
    await stage.room();
    const { card } = await stage.entry('helpdesk', helper);
    return stage.press('helpdesk', helper, 'recovery.issue', dataTitled(card, /show it once/));
  };
  const posts = async () => (await stage.sent()).filter(({ method }) => method === 'POST').length;
  const refused = async (code: string, says: RegExp): Promise<void> => {
    const answer = await press();
    assert.match(readIn(answer), says);
    assert.ok(!isPassCard(answer.value));
    assert.equal((await stage.refusals()).at(-1), code);
    assert.equal(await posts(), 0);
  };

  it('says so where the tenant has passes switched off', async () => {
    await stage.does('policy', { enabled: false });
    await refused('recovery.passes-off', /Passes are switched off in your tenant/);
    await stage.does('policy', { enabled: true });
  });

  it('says so where the tenant gives this person none', async () => {
    await stage.does('policy', { includes: ['AI Platform Admins'] });
    await refused('recovery.pass-not-for-them', /The rules of your tenant give this person no pass/);
    await stage.does('policy', { includes: ['all_users'] });
  });

  it('says so where the shortest pass is longer than our own policy allows', async () => {
    await stage.does('policy', { leastMinutes: 120, defaultMinutes: 120 });
    await refused('recovery.pass-too-long', /good for longer than your organisation allows here/);
    await stage.does('policy', { leastMinutes: 60, defaultMinutes: 60 });
  });

  it('shows that there is a pass already, and replaces it only after that', async () => {
    const { code } = await stage.does<{ code: string }>('pass', {
      person: 'finance',
      by: 'security',
      minutes: 60,
    });
    const first = await press();
    assert.match(readIn(first), /There is a pass for them already/);
    assert.match(readIn(first), /not made in this case/);
    assert.equal(await posts(), 0);
    const second = await stage.press(
      'helpdesk',
      helper,
      'recovery.issue',
      dataTitled(first.value, /Make a new pass/),
    );
    const made = codeIn(second);
    assert.notEqual(made, code);
    assert.notEqual(await stage.signIn('finance', code), '');
    assert.equal(await posts(), 1);
  });

  it('deletes the old one when another one is made in the same case', async () => {
    await stage.press('helpdesk', helper, 'recovery.read-out');
    const again = codeIn(await press());
    assert.equal(await posts(), 2);
    assert.equal(await stage.signIn('finance', again, newPasskey()), '');
  });
});

describe('recovery.issue with signs of trouble', () => {
  let stage: RecoveryStage;
  before(async () => {
    stage = await openRecoveryStage();
    await stage.does('sign-ins', {
      person: 'finance',
      risk: 'high',
      riskState: 'atRisk',
      city: 'Lagos',
      country: 'NG',
    });
    await stage.advance('PT20S');
    await stage.open('finance', 'locked-out');
    await stage.attest('manager', 'finance');
  });
  after(() => stage.close());

  it('shows them, and which of them stop the pass', async () => {
    const { card } = await stage.issueCard('helpdesk', 'finance');
    assert.match(
      cardText(card),
      /What may be wrong[\s\S]*Stops the pass: \nEntra saw a risk at a sign-in: Lagos, NG/,
    );
  });

  it('makes none, and says who can look into it', async () => {
    const { answer } = await stage.issue('helpdesk', 'finance');
    assert.match(readIn(answer), /A sign on this case stops the pass[\s\S]*Ask the security team/);
    assert.deepEqual(await stage.refusals(), ['recovery.flagged']);
    assert.deepEqual(await stage.sent(), []);
  });
});

describe('recovery.issue soon after another one', () => {
  it('waits for the cool-down', async () => {
    const stage = await openRecoveryStage();
    try {
      await stage.open('finance', 'lost');
      await stage.attest('manager', 'finance');
      await stage.pass('helpdesk', 'finance');
      const { id } = await stage.cardWith('helpdesk', 'recovery.close');
      await stage.press('helpdesk', id, 'recovery.close', { note: 'She got in with her laptop' });
      await stage.reaches('finance', 'closed');
      await stage.open('finance', 'locked-out');
      await stage.attest('manager', 'finance');
      const { answer } = await stage.issue('helpdesk', 'finance');
      assert.match(readIn(answer), /They got a pass in another case a short while ago/);
      assert.match(readIn(answer), /This is not the first case/);
      assert.deepEqual(await stage.refusals(), ['recovery.cool-down']);
      assert.ok(hasButton(answer.value, 'recovery.close'));
    } finally {
      await stage.close();
    }
  });
});
