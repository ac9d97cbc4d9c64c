import assert from 'node:assert/strict';
import { minute } from '../../../src/base/clock.js';
import { remove } from '../../../src/flows/recovery/remove.js';
import { revoke } from '../../../src/flows/recovery/revoke.js';
import { graphError } from '../../../src/graph/errors.js';
import { sessionsFrom } from '../../../src/graph/recovery/sessions-from.js';
import { idOf } from '../../graph/practice-graph.js';
import { type CleanUpStage, openCleanUpStage } from './clean-up-stage.js';

const mobile = '3179e48a-750b-4051-897c-87b9720928f7';

describe('cleaning up after a loss', function () {
  this.timeout(60_000);
  let stage: CleanUpStage;

  beforeEach(async () => {
    stage = await openCleanUpStage();
  });
  afterEach(() => stage.close());

  it('lists what there is by what people call it, and removes what was picked, the default last', async () => {
    const one = await stage.openFor('finance');
    const { ref } = await stage.cardFor(one, 'helpdesk');
    const list = await stage.press('helpdesk', remove, { ref });
    assert.equal(list.template, 'recovery/clean-up');
    assert.deepEqual(
      list.view.methods.map(({ name }: { name: string }) => name.replace(/\d{1,2} \w+ \d{4}/, 'then')),
      [
        "Leilani's iPhone 15 · Microsoft Authenticator · added then",
        'Text or call to the mobile +351 •••05 · added then',
      ],
    );
    assert.equal(list.view.fixed, 'Password');
    const ids = list.view.methods.map(({ value }: { value: string }) => value);
    const after = await stage.press('helpdesk', remove, { ref, step: 'remove', methods: ids.join(',') });
    assert.equal(after.template, 'recovery/issue');
    assert.equal(after.view.cleanUp.removed.length, 2);
    assert.equal(after.view.cleanUp.handled, true);
    assert.deepEqual(
      (await stage.methods('finance')).map(({ kind }) => kind),
      ['password'],
    );
    const now = await stage.caseNow(one);
    assert.equal(now.cleaned, 1);
    assert.deepEqual([...now.removed].sort(), [...ids].sort());
    const decided = await stage.recorded(one, 'action.decided');
    assert.deepEqual(
      decided.map(({ args }) => args.method.kind),
      ['phone', 'authenticator'],
      'a step each, the default last',
    );
    assert.equal((await stage.recorded(one, 'action.recorded')).length, 2);
    assert.equal((await stage.recorded(one, 'action.failed')).length, 0);
  });

  it('gives the same outcome to the same press again, and removes nothing twice', async () => {
    const one = await stage.openFor('finance');
    const { ref } = await stage.cardFor(one, 'helpdesk');
    const press = () => stage.press('helpdesk', remove, { ref, step: 'remove', methods: mobile });
    const [first, second] = await Promise.all([press(), press()]);
    const third = await press();
    assert.deepEqual([first.template, second.template, third.template], Array(3).fill('recovery/issue'));
    assert.equal((await stage.recorded(one, 'action.decided')).length, 1);
    assert.equal((await stage.recorded(one, 'action.recorded')).length, 1);
  });

  it('says what Entra did not remove, and goes on with the others', async () => {
    const one = await stage.openFor('finance');
    const { ref } = await stage.cardFor(one, 'helpdesk');
    const [app] = (await stage.methods('finance')).filter(({ kind }) => kind === 'authenticator');
    const alone = await stage.press('helpdesk', remove, { ref, step: 'remove', methods: app?.id });
    assert.deepEqual(
      alone.view.results.map(({ result }: { result: string }) => result),
      ['failed'],
    );
    assert.match(alone.view.results[0].why, /usual second step/);
    assert.equal((await stage.caseNow(one)).cleaned, 0);
    assert.equal((await stage.recorded(one, 'action.failed'))[0].code, 'graph.bad-request');
    const both = await stage.press('helpdesk', remove, {
      ref,
      step: 'remove',
      methods: `${app?.id},${mobile}`,
    });
    assert.equal(both.view.cleanUp.failed, '', 'a later try counts');
    assert.equal((await stage.caseNow(one)).cleaned, 1);
  });

  it('tries the default again when the report on it was out of date', async () => {
    const one = await stage.openFor('finance');
    const { ref } = await stage.cardFor(one, 'helpdesk');
    await stage.control('settings', { reportDelay: 'PT5H' });
    await stage.control('default', { person: 'finance', method: 'sms' });
    const ids = (await stage.methods('finance'))
      .filter(({ kind }) => kind !== 'password')
      .map(({ id }) => id);
    const after = await stage.press('helpdesk', remove, { ref, step: 'remove', methods: ids.join(',') });
    assert.equal(after.template, 'recovery/issue');
    assert.equal((await stage.caseNow(one)).cleaned, 1);
  });

  it('takes nothing that was not on the list: passwords, passes, other people, nonsense', async () => {
    const one = await stage.openFor('finance');
    await stage.passFor(one, 'finance');
    const { ref } = await stage.cardFor(one, 'helpdesk');
    const others = (await stage.methods('appowner')).map(({ id }) => id);
    const own = (await stage.methods('finance')).filter(({ kind }) => kind === 'password' || kind === 'pass');
    const methods = [...others, ...own.map(({ id }) => id), '../../users', '%2e', ' '].join(',');
    await stage.press('helpdesk', remove, { ref, step: 'remove', methods });
    assert.equal((await stage.recorded(one, 'action.decided')).length, 0);
    assert.equal((await stage.methods('appowner')).length, others.length);
    assert.equal((await stage.methods('finance')).filter(({ kind }) => kind === 'pass').length, 1);
    const none = await stage.press('helpdesk', remove, { ref, step: 'remove', methods: ' , ' });
    assert.match(none.view.problem, /not picked/);
  });

  it('believes that nothing is gone, and writes nothing to Entra for it', async () => {
    const one = await stage.openFor('finance');
    const { ref } = await stage.cardFor(one, 'helpdesk');
    const after = await stage.press('helpdesk', remove, { ref, step: 'none' });
    assert.equal(after.view.cleanUp.handled, true);
    await stage.press('helpdesk', remove, { ref, step: 'none' });
    const said = (await stage.recorded(one, 'item.changed')).filter(({ seen }) => seen.gone === 'nothing');
    assert.deepEqual(
      said.map(({ actor }) => actor),
      [idOf('helpdesk')],
    );
  });

  it('refuses whoever has no role, is no longer early, or is the person, and records it', async () => {
    const one = await stage.openFor('finance', { state: 'attest' });
    const mine = await stage.cardFor(one, 'finance');
    const desk = await stage.cardFor(one, 'helpdesk');
    const manager = await stage.cardFor(one, 'manager');
    const problem = async (key: string, ref: string) =>
      (await stage.press(key, remove, { ref, step: 'remove', methods: mobile })).view.problem;
    assert.match(await problem('finance', mine.ref), /about you/);
    assert.match(await problem('helpdesk', desk.ref), /Nobody has confirmed/);
    assert.match(
      (await stage.press('manager', revoke, { ref: manager.ref })).view.problem,
      /do not have the role/,
    );
    assert.equal((await stage.methods('finance')).length, 3);
    const refusals = await stage.services.store.db
      .selectFrom('audit')
      .select('data')
      .where('kind', '=', 'click.refused')
      .execute();
    assert.deepEqual(
      refusals.map(({ data }) => JSON.parse(data).code),
      ['recovery.own-case', 'recovery.clean-up-early', 'recovery.no-role'],
    );
    await assert.rejects(stage.press('manager', remove, { ref: desk.ref, step: 'none' }));
  });

  it('lets Entra say no where the person got a role since the case was opened', async () => {
    const one = await stage.openFor('finance');
    const { ref } = await stage.cardFor(one, 'helpdesk');
    await stage.control('role', { person: 'finance', role: 'Global Reader', held: true });
    const after = await stage.press('helpdesk', remove, { ref, step: 'remove', methods: mobile });
    assert.equal(after.view.results[0].result, 'failed');
    assert.equal((await stage.methods('finance')).length, 3);
  });

  it('signs out everywhere before anybody has vouched when it was stolen, once a press', async () => {
    const one = await stage.openFor('finance', { kind: 'stolen', state: 'attest' });
    const { ref } = await stage.cardFor(one, 'helpdesk');
    const before = stage.now();
    const [first] = await Promise.all([
      stage.press('helpdesk', revoke, { ref }),
      stage.press('helpdesk', revoke, { ref }),
    ]);
    assert.equal(first.template, 'recovery/issue');
    assert.notEqual(first.view.cleanUp.signedOutAt, '');
    assert.equal(first.view.cleanUp.first, true);
    const from = await sessionsFrom(stage.graph.reader, idOf('finance'));
    assert.ok(from !== undefined && from.getTime() >= before - minute);
    assert.equal((await stage.recorded(one, 'action.recorded')).length, 1);
    await stage.advance(11 * minute);
    await stage.press('helpdesk', revoke, { ref });
    assert.equal((await stage.recorded(one, 'action.recorded')).length, 2, 'later it can be done again');
  });

  it('counts as removed what somebody else removed a moment before', async () => {
    const one = await stage.openFor('finance');
    const { ref } = await stage.cardFor(one, 'helpdesk');
    const after = await stage.press(
      'helpdesk',
      remove,
      { ref, step: 'remove', methods: mobile },
      (graph) => ({
        ...graph,
        delete: async (path, options) => {
          await graph.delete(path, options);
          throw graphError('graph.not-found');
        },
      }),
    );
    assert.equal(after.template, 'recovery/issue');
    assert.equal((await stage.caseNow(one)).cleaned, 1);
  });

  it('is the work of the higher role where the person has a role', async () => {
    const one = await stage.openFor('engineer', { privileged: 1 });
    const desk = await stage.cardFor(one, 'helpdesk');
    assert.match(
      (await stage.press('helpdesk', remove, { ref: desk.ref })).view.problem,
      /do not have the role/,
    );
    const security = await stage.cardFor(one, 'security');
    assert.equal(
      (await stage.press('security', remove, { ref: security.ref })).template,
      'recovery/clean-up',
    );
  });
});
