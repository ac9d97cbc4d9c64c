import assert from 'node:assert/strict';
import { verifyRecord } from '../../src/audit/verify.js';
import { hasButton, refOf } from '../support/on-card.js';
import {
  type Answers,
  goodReason,
  inputs,
  openPackagesStage,
  type PackagesStage,
} from '../support/packages-stage.js';
import { type Attack, attackOn } from './attack.js';

const good: Answers = { project: 'NORD-12', site: 'VIE' };

/** Answers that break the rule of their question, sent as no form would: they stop here, not in Entra. */
describe('answers that a question does not take', () => {
  let stage: PackagesStage;
  let attack: Attack;
  let form: string;
  let ref: string;

  before(async () => {
    stage = await openPackagesStage();
    attack = attackOn(stage);
    const opened = await stage.form('engineer', 'workshop', { policy: 'project' });
    form = opened.id;
    ref = refOf(opened.card);
  });
  after(async () => {
    const verdict = await verifyRecord(stage.store());
    await stage.close();
    assert.equal(verdict.kind, 'intact');
  });

  const sent = (answers: Answers, more: object = {}) => ({ reason: goodReason, ...inputs(answers), ...more });

  const wrong: readonly (readonly [string, Answers, RegExp])[] = [
    ['a required text that is missing', { site: 'VIE', project: '' }, /Please answer this/],
    ['a required text of blanks', { ...good, project: ' \u00a0 ' }, /Please answer this/],
    ['a required choice that is missing', { project: 'NORD-12', site: '' }, /Please choose one/],
    ['a text that breaks the pattern', { ...good, project: 'nord-12' }, /not in the form/],
    ['a pattern that only begins well', { ...good, project: 'NORD-12; drop' }, /not in the form/],
    ['a pattern with a line after it', { ...good, project: 'NORD-12\nX' }, /not in the form/],
    ['a choice that is on no list', { ...good, site: 'NYC' }, /choose from the list/],
    ['two choices where one is taken', { ...good, site: 'VIE,DUB' }, /choose from the list/],
    ['a choice that every object has', { ...good, site: '__proto__' }, /choose from the list/],
    ['among several one that is on no list', { ...good, data: 'public,secret' }, /choose from the list/],
    ['a text longer than Entra takes', { ...good, purpose: 'x'.repeat(1001) }, /1000 characters or fewer/],
  ];
  for (const [what, answers, says] of wrong) {
    it(`${what}: the form comes back and says so`, async () => {
      const { code, text, card } = await attack('engineer', 'packages.ask', sent(answers), form);
      assert.equal(code, 'packages.form');
      assert.match(text, says);
      assert.ok(hasButton(card, 'packages.ask'), 'it can be put right');
    });
  }

  const odd: readonly (readonly [string, () => object])[] = [
    ['4,001 characters in an answer', () => sent({ ...good, purpose: 'x'.repeat(4001) })],
    ['4,001 characters of a reason', () => sent(good, { reason: 'x'.repeat(4001) })],
    ['sixty fields', () => sent(good, Object.fromEntries(numbered(60)))],
    ['sixty answers', () => sent(good, Object.fromEntries(numbered(60).map(([n]) => [`q-${n}`, 'x'])))],
    ['an answer that is a list', () => ({ ...sent(good), ...listed('project', ['NORD-12']) })],
    ['an answer that is an object', () => ({ ...sent(good), ...listed('project', { $ne: '' }) })],
    ['an answer that is a number', () => ({ ...sent(good), ...listed('purpose', 7) })],
    ['a policy that is no id', () => sent(good, { policy: 'the free one' })],
    ['a day without an end', () => sent(good, { startDate: '2'.repeat(21) })],
  ];
  for (const [what, data] of odd) {
    it(`${what}: turned away before anything is read`, async () => {
      const { code, status } = await attack('engineer', 'packages.ask', { ref, ...data() }, form);
      assert.deepEqual([status, code], [400, 'flows.bad-input']);
    });
  }

  it('days that are none, or over, or after the package ends, come back with the form', async () => {
    const soon = new Date((await stage.now()).getTime() + 120 * 86_400_000).toISOString().slice(0, 10);
    for (const [dates, says] of [
      [{ startDate: '2027-02-31' }, /choose a day, or leave it empty/],
      [{ startDate: '2020-01-01' }, /That day is over/],
      [{ endDate: '2020-01-01' }, /Please choose a day after it starts/],
      [{ endDate: soon }, /The last day you can ask for is/],
    ] as const) {
      const { code, text } = await attack('engineer', 'packages.ask', sent(good, dates), form);
      assert.equal(code, 'packages.form', text);
      assert.match(text, says);
    }
  });

  it('a hidden change of the policy, of whom it is for, or of the package is never looked at', async () => {
    const other = await stage.packageOf('redteam');
    const forged = {
      packageId: other.id,
      package: other.id,
      person: stage.idOf('finance'),
      targetId: stage.idOf('finance'),
    };
    await stage.press(
      'engineer',
      form,
      'packages.ask',
      sent(good, { ...forged, ...inputs(unknownQuestion) }),
    );
    const posts = (await stage.sent()).filter(({ path }) => path.endsWith('/assignmentRequests'));
    assert.equal(posts.length, 1);
    const text = JSON.stringify(posts[0]?.body);
    assert.ok(!text.includes(other.id) && !text.includes(stage.idOf('finance')), text);
    assert.ok(!text.includes('smuggled') && !text.includes('somebody-elses-question'), text);
    assert.ok(text.includes('NORD-12') && text.includes((await stage.packageOf('workshop')).id), text);
  });
});

const unknownQuestion = { 'somebody-elses-question': 'smuggled' } as Answers;

function numbered(count: number): [string, string][] {
  return Array.from({ length: count }, (_, index) => [`field-${index}`, 'x']);
}

/** One answer as something else than a text. */
function listed(name: keyof Answers, value: unknown): object {
  const [key = ''] = Object.keys(inputs({ [name]: 'x' }));
  return { [key]: value };
}
