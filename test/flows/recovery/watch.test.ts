import assert from 'node:assert/strict';
import { hour, minute } from '../../../src/base/clock.js';
import type { Case } from '../../../src/flows/recovery/cases.js';
import { remove } from '../../../src/flows/recovery/remove.js';
import { revoke } from '../../../src/flows/recovery/revoke.js';
import { watch, watchOnce } from '../../../src/flows/recovery/watch/watch.js';
import { idOf } from '../../graph/practice-graph.js';
import { type CleanUpStage, openCleanUpStage } from './clean-up-stage.js';

const iPhone = { name: 'iPhone 17', aaguid: '90a3ccdf-635c-4729-a248-9b709135078f' };

describe('the watch over those who got a pass', function () {
  this.timeout(60_000);
  let stage: CleanUpStage;
  let looks: Awaited<ReturnType<typeof watchOnce>>;

  beforeEach(async () => {
    stage = await openCleanUpStage();
    looks = {};
  });
  afterEach(() => stage.close());

  /** The next round in which a look is due; how many reads it took. */
  const round = async (later = minute): Promise<number> => {
    await stage.advance(later);
    const before = stage.reads.length;
    looks = await watchOnce(stage.services, looks);
    return stage.reads.length - before;
  };
  const state = async (one: Case): Promise<string> => (await stage.caseNow(one)).state;
  const guide = async () =>
    (await stage.pictures('recovery.guide')).map(({ view, state }) => [view.step, state]);
  const signIn = (person: string, code: string, register?: object) =>
    stage.control('sign-in', { person, code, register });

  it('sees the new passkey, and closes when everything else is done', async () => {
    const one = await stage.openFor('finance', { kind: 'stolen' });
    const { ref } = await stage.cardFor(one, 'helpdesk');
    assert.equal(await round(), 0, 'without a pass nothing is read');
    const code = await stage.passFor(one, 'finance');
    assert.equal(await round(), 1, 'one read a look');
    assert.deepEqual(await guide(), [['first', 'open']]);
    assert.equal(await state(one), 'sign-in');

    await signIn('finance', code, iPhone);
    await round();
    assert.equal(await state(one), 'clean-up');
    assert.deepEqual(await guide(), [['second', 'open']]);
    assert.equal(await round(), 0, 'what people have to do costs no reads');
    assert.equal(await state(one), 'clean-up');

    const list = await stage.press('helpdesk', remove, { ref });
    const ids = list.view.methods
      .filter(({ name }: { name: string }) => !name.includes('since this case'))
      .map(({ value }: { value: string }) => value);
    assert.equal(ids.length, 2);
    await stage.press('helpdesk', remove, { ref, step: 'remove', methods: ids.join(',') });
    assert.equal(await round(), 0);
    assert.equal(await state(one), 'clean-up', 'nobody has signed them out yet');
    await stage.press('helpdesk', revoke, { ref });
    assert.equal(await round(), 2, 'whether any pass is left, and whether the passkey is still there');
    const closed = await stage.caseNow(one);
    assert.equal(closed.state, 'closed');
    assert.ok(closed.closed_at > 0);
    assert.equal(
      closed.about.outcome,
      'A new passkey is there: iPhone 17 · Microsoft Authenticator on iPhone. 2 old ways to sign in were removed.',
    );
    assert.deepEqual(await guide(), [['second', 'final']]);
    assert.equal(await round(), 0, 'a closed case is not looked at');
  });

  it('says that a new pass is needed when one has run out without a passkey', async () => {
    const one = await stage.openFor('finance');
    await stage.passFor(one, 'finance');
    await round();
    assert.equal(await state(one), 'sign-in');
    await round(hour);
    await round();
    const after = await stage.caseNow(one);
    assert.equal(after.state, 'issue');
    assert.ok(after.pass, 'what is known of it stays');
    const changes = (await stage.recorded(one, 'item.changed')).filter(({ actor }) => actor === 'latchkey');
    assert.deepEqual(
      changes.map(({ from, to, seen }) => [from, to, seen.pass]),
      [['sign-in', 'issue', 'over']],
    );
    await round(11 * minute);
    assert.equal(await state(one), 'issue', 'said once');
  });

  it('waits while somebody who used the pass may still be at it, and takes a late passkey', async () => {
    const one = await stage.openFor('finance', { kind: 'broken' });
    const { ref } = await stage.cardFor(one, 'helpdesk');
    await stage.press('helpdesk', remove, { ref, step: 'none' });
    const code = await stage.passFor(one, 'finance');
    await signIn('finance', code);
    await round();
    assert.equal(await state(one), 'sign-in');
    assert.equal(await round(), 1, 'that it was used is remembered');
    await round(2 * hour);
    assert.equal(await state(one), 'issue');
    await stage.control('register-method', { person: 'finance', method: iPhone });
    await round(20 * minute);
    assert.equal(await state(one), 'closed');
  });

  it('does not close while a pass still opens the account', async () => {
    const one = await stage.openFor('finance', { kind: 'broken' });
    const { ref } = await stage.cardFor(one, 'helpdesk');
    await stage.press('helpdesk', remove, { ref, step: 'none' });
    const code = await stage.passFor(one, 'finance', { once: false });
    assert.equal(await round(), 1);
    await signIn('finance', code, iPhone);
    await round();
    await round();
    assert.equal(await state(one), 'clean-up');
    await round(hour);
    assert.equal(await state(one), 'closed');
  });

  it('goes back when the new passkey is gone again before the end', async () => {
    const one = await stage.openFor('finance', { kind: 'broken' });
    const { ref } = await stage.cardFor(one, 'helpdesk');
    const code = await stage.passFor(one, 'finance');
    await signIn('finance', code, iPhone);
    await round();
    assert.equal(await state(one), 'clean-up');
    const [fresh] = (await stage.methods('finance')).filter(({ kind }) => kind === 'passkey');
    await stage.control('delete-method', { person: 'finance', id: fresh?.id });
    await stage.press('helpdesk', remove, { ref, step: 'none' });
    await round();
    assert.equal(await state(one), 'sign-in');
  });

  it('wants a passkey that cannot leave its device from people with a role', async () => {
    const one = await stage.openFor('engineer', { kind: 'broken', privileged: 1 });
    const { ref } = await stage.cardFor(one, 'security');
    await stage.press('security', remove, { ref, step: 'none' });
    const code = await stage.passFor(one, 'engineer', { by: 'security' });
    await signIn('engineer', code, { ...iPhone, type: 'synced' });
    await round();
    assert.equal(await state(one), 'sign-in');
    const [shown] = await stage.pictures('recovery.guide');
    assert.deepEqual([shown?.person, shown?.view.admin], [idOf('engineer'), true]);
    await stage.control('register-method', { person: 'engineer', method: { ...iPhone, name: 'Key' } });
    await round();
    assert.equal(await state(one), 'closed');
  });

  it('needs no clean-up on a first day', async () => {
    const one = await stage.openFor('starter', { kind: 'starter' });
    const code = await stage.passFor(one, 'starter');
    await signIn('starter', code, iPhone);
    await round();
    assert.equal(await state(one), 'closed');
  });

  it('spends little: few looks a round, whoever waited longest first, and one that fails stops nobody', async () => {
    const keys = ['finance', 'appowner', 'starter', 'engineer'];
    for (const key of keys) {
      const one = await stage.openFor(key);
      await stage.passFor(one, key, { by: key === 'engineer' ? 'security' : 'helpdesk' });
    }
    stage.breakFor('appowner');
    const seen: string[] = [];
    for (const _ of [1, 2]) {
      assert.equal(await round(20_000), 2);
      seen.push(...stage.reads.slice(-2));
    }
    assert.equal(new Set(seen).size, 4);
    const guided = (await stage.pictures('recovery.guide')).map(({ person }) => person);
    assert.deepEqual(guided.sort(), ['finance', 'starter', 'engineer'].map(idOf).sort());
    stage.breakFor();
    await round(20_000);
    await round(20_000);
    assert.equal((await stage.pictures('recovery.guide')).length, 4);
  });

  it('rests while the flow is off, and never ends for good', async () => {
    const one = await stage.openFor('finance');
    await stage.passFor(one, 'finance');
    const { policy } = stage.services;
    const off = {
      ...stage.services,
      policy: { ...policy, flows: { ...policy.flows, recovery: 'off' as const } },
    };
    const before = stage.reads.length;
    const rested = await stage.run(watch(off), { looks: {} });
    assert.equal(rested.kind, 'again');
    assert.equal(stage.reads.length, before);
    stage.breakFor('finance');
    assert.equal((await stage.run(watch(stage.services), { looks: {} })).kind, 'again');
  });
});
