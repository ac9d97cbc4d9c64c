import assert from 'node:assert/strict';
import { cardText } from '../support/card-text.js';
import { readIn, refOf } from '../support/on-card.js';
import { codeIn, isPassCard, methodsIn, nameOf } from '../support/recovery-card.js';
import type { Entry } from '../support/remote-control.js';
import { openRecoveryMortal, type RecoveryMortal } from './recovery-mortal.js';

const make = { service: 'graph', method: 'POST', path: 'temporaryAccessPassMethods' };
const drop = { service: 'graph', method: 'DELETE', path: 'temporaryAccessPassMethods' };
const phone = { service: 'graph', method: 'DELETE', path: 'phoneMethods' };
const app = { service: 'graph', method: 'DELETE', path: 'microsoftAuthenticatorMethods' };
const email = { service: 'graph', method: 'DELETE', path: 'emailMethods' };
const signOut = { service: 'graph', method: 'POST', path: 'revokeSignInSessions' };

const note = 'She found the phone under her desk';

/** kill -9 when Entra has answered and nothing of it is written down: found again, told, and done once. */
describe('kill -9 between Entra’s answer and the settling of a press', function () {
  this.timeout(60_000);
  let bot: RecoveryMortal;
  before(async () => {
    bot = await openRecoveryMortal();
  });
  after(() => bot.close());

  const caseOf = (about: string) =>
    bot.read(async ({ db }) => {
      const rows = await db.selectFrom('recovery_cases').selectAll().orderBy('opened_at', 'desc').execute();
      const found = rows.find((one) => one.about.includes(nameOf(about)));
      assert.ok(found, `There is no case of ${about}`);
      return found;
    });
  const methods = async (about: string): Promise<readonly string[]> => {
    const { people } = await bot.get<{
      people: readonly { key: string; methods: readonly { id: string; kind: string }[] }[];
    }>('/recovery');
    const all = people.find(({ key }) => key === about)?.methods ?? [];
    return all.filter(({ kind }) => kind !== 'password').map(({ id }) => id);
  };
  const press = async ({ id, card }: Entry, verb: string, data: object = {}) => {
    await bot.advance('PT11S');
    await bot.idle();
    return bot.press('helpdesk', id, verb, { ref: refOf(card), ...data });
  };
  const says = (card: Entry, fits: RegExp): Promise<string> =>
    bot.walk.inTime(`the card to say ${fits}`, async () => {
      const text = cardText((await bot.timeline('helpdesk')).find(({ id }) => id === card.id)?.card);
      return fits.test(text) && text;
    });

  it('the pass: nobody has seen it, the card says so, and the next press makes the one that works', async () => {
    const card = await bot.walk.ready('appowner', 'manager');
    await bot.dieUnsettled(make, () => bot.walk.issue(card));
    const [lost] = await bot.walk.usable('appowner');
    assert.ok(lost);
    const { pass, state } = await caseOf('appowner');
    assert.equal(state, 'issue');
    assert.deepEqual([JSON.parse(pass).id, JSON.parse(pass).shown], [lost.id, false]);
    const look = await press(card, 'recovery.show');
    assert.ok(!isPassCard(look.value));
    assert.match(readIn(look), /nobody has seen its code/);
    const code = codeIn(await bot.walk.issueInTime(card.id));
    const usable = await bot.walk.usable('appowner');
    assert.equal(usable.length, 1);
    assert.notEqual(usable[0]?.id, lost.id);
    assert.equal(await bot.walk.signIn('appowner', code), '');
    await bot.assertIntact();
  });

  it('two methods to be removed, and dead after the first: that one is gone, the other is still there and offered', async () => {
    const card = await bot.walk.ready('finance', 'manager');
    const all = await methods('finance');
    assert.equal(all.length, 2);
    const remove = () => press(card, 'recovery.remove', { step: 'remove', methods: all.join(',') });
    await bot.dieUnsettled(phone, remove);
    const left = await methods('finance');
    assert.equal(left.length, 1);
    const half = await caseOf('finance');
    assert.deepEqual(
      JSON.parse(half.removed),
      all.filter((id) => !left.includes(id)),
    );
    assert.equal(half.cleaned, 0, 'one of them is still to be removed');
    await says(card, /✓ Removed: Text or call/);
    const list = await press(card, 'recovery.remove', { step: 'list' });
    assert.deepEqual(
      methodsIn(list.value).map(({ value }) => value),
      left,
    );
    await remove();
    assert.deepEqual(await methods('finance'), []);
    assert.deepEqual([await bot.landed(phone), await bot.landed(app)], [1, 1]);
    const { removed } = await caseOf('finance');
    assert.deepEqual([...JSON.parse(removed)].sort(), [...all].sort());
    await bot.assertIntact();
  });

  it('dead after the last of two: both are gone, each once, and the account is cleaned up', async () => {
    for (const method of [
      { kind: 'phone', number: '+351 915550105', phoneType: 'mobile' },
      { kind: 'email', address: 'noor@example.org' },
    ])
      await bot.post('/recovery/register-method', { person: 'starter', method });
    const card = await bot.walk.ready('starter', 'manager');
    const all = await methods('starter');
    assert.equal(all.length, 2);
    const before = await bot.landed(phone);
    // What proves somebody a second time goes last.
    await bot.dieUnsettled(phone, () =>
      press(card, 'recovery.remove', { step: 'remove', methods: all.join(',') }),
    );
    assert.deepEqual(await methods('starter'), []);
    const { removed, cleaned } = await caseOf('starter');
    assert.deepEqual([...JSON.parse(removed)].sort(), [...all].sort());
    assert.equal(cleaned, 1);
    assert.deepEqual([await bot.landed(phone), await bot.landed(email)], [before + 1, 1]);
    await says(card, /✓ What was lost is gone/);
    await bot.assertIntact();
  });

  it('signing out: it counts, and everybody reads who did it', async () => {
    const card = await bot.walk.cardWith('helpdesk', 'recovery.revoke', /Noor/);
    await bot.dieUnsettled(signOut, () => press(card, 'recovery.revoke'));
    await says(card, /✓ Signed out everywhere, by Tomasz Okonjeva/);
    assert.equal(await bot.landed(signOut), 1);
    await bot.assertIntact();
  });

  it('closing: the pass is gone, the case is closed with what the helper wrote, and pressing again does nothing', async () => {
    const card = await bot.walk.cardWith('helpdesk', 'recovery.close', /Noor/);
    const code = codeIn(await bot.walk.issueInTime(card.id));
    await bot.press('helpdesk', card.id, 'recovery.read-out');
    const close = () => press(card, 'recovery.close', { note });
    await bot.dieUnsettled(drop, close);
    const closed = await caseOf('starter');
    assert.equal(closed.state, 'closed');
    assert.match(JSON.parse(closed.about).outcome, /Tomasz Okonjeva: She found the phone under her desk$/);
    assert.deepEqual(await bot.walk.usable('starter'), []);
    assert.notEqual(await bot.walk.signIn('starter', code), '');
    await says(card, /This case is closed/);
    const dropped = await bot.landed(drop);
    assert.match(readIn(await close()), /This case is closed/);
    assert.equal(await bot.landed(drop), dropped);
    await bot.assertIntact();
  });
});
