import assert from 'node:assert/strict';
import { minute } from '../../../src/base/clock.js';
import type { Outcome } from '../../../src/flows/flow.js';
import { expected } from '../../../src/flows/pim/expected.js';
import { closeEffect } from '../../../src/flows/pim/look-back/close-effect.js';
import { question } from '../../../src/flows/pim/question.js';
import { reconcile } from '../../../src/flows/reconcile.js';
import type { ActivationRow } from '../../../src/store/schema.js';
import { idOf } from '../../graph/practice-graph.js';
import { claimRow } from '../../support/store-rows.js';
import { type LookBackStage, openLookBackStage, person, securityAdmin } from './look-back-stage.js';

const why = 'I asked for this change in the weekly meeting, and it is in the ticket.';

describe('closing the look at a role', () => {
  let stage: LookBackStage;
  let row: ActivationRow;
  const start = async (more: Partial<ActivationRow> = {}): Promise<void> => {
    stage = await openLookBackStage();
    row = await stage.ended(more);
    stage.did('Update policy', row.ends_at, 30);
    await stage.advance(2 * minute);
    await stage.look(row);
  };
  afterEach(() => stage.close());

  const refOf = async (key: string): Promise<string> => {
    const card = (await stage.cards()).find(({ who }) => who === key);
    assert.ok(card, `${key} has a card`);
    return card.ref;
  };
  const viewOf = (outcome: Outcome) => {
    assert.ok(outcome.kind === 'card', JSON.stringify(outcome));
    return { template: outcome.card.template, ...Object(outcome.card.view) };
  };
  const claims = () => stage.services.store.db.selectFrom('claims').selectAll().execute();

  describe('by one of its owners', () => {
    beforeEach(() => start());

    it('as expected: recorded, and final for all the others in the same moment', async () => {
      const outcome = await stage.press('manager', expected, { ref: await refOf('manager') });
      const { template, state, byYou, done, failed } = viewOf(outcome);
      assert.deepEqual(
        { template, state, byYou, done, failed },
        { template: 'pim/looked-back', state: 'expected', byYou: true, done: 1, failed: 0 },
      );
      assert.equal(await stage.stateOf(row), 'closed');
      const cards = await stage.cards();
      assert.deepEqual(cards.map(({ who, state, view }) => [who, state, view.state, view.byYou]).sort(), [
        ['appowner', 'final', 'expected', false],
        ['manager', 'final', 'expected', true],
      ]);
      assert.deepEqual(await stage.told(), [], 'nobody else has to know');
    });

    it('with a question: whoever looks after security is told at once', async () => {
      await stage.press('appowner', question, { ref: await refOf('appowner'), comment: why });
      const [told, ...more] = await stage.told();
      assert.deepEqual(more, []);
      assert.deepEqual(
        [told?.person, told?.state, told?.view.state],
        [idOf('security'), 'final', 'question'],
      );
      assert.equal(told?.view.comment, why);
    });

    it('with a question that says nothing: asked for it, and open as before', async () => {
      const ref = await refOf('manager');
      for (const comment of ['', 'urgent please', 'Too short']) {
        const view = viewOf(await stage.press('manager', question, { ref, comment }));
        assert.equal(view.template, 'pim/look-back');
        assert.notEqual(view.problem, '');
      }
      assert.deepEqual(await stage.refusals(), Array(3).fill('pim.look-back-comment'));
      assert.equal(await stage.stateOf(row), 'sent');
      assert.deepEqual(await claims(), []);
    });

    it('only once: the second owner is shown what the first one said', async () => {
      const late = await refOf('appowner');
      await stage.press('manager', expected, { ref: await refOf('manager') });
      const view = viewOf(await stage.press('appowner', question, { ref: late, comment: why }));
      assert.deepEqual([view.state, view.byYou, view.comment], ['expected', false, '']);
      assert.deepEqual(await stage.refusals(), ['pim.looked-back']);
      assert.deepEqual(await stage.told(), []);
    });

    it('is one answer when two press at the same moment', async () => {
      const [mine, other] = [await refOf('manager'), await refOf('appowner')];
      const views = await Promise.all([
        stage.press('manager', expected, { ref: mine }),
        stage.press('appowner', question, { ref: other, comment: why }),
      ]);
      const [one, two] = views.map(viewOf);
      assert.equal(one?.state, two?.state);
      assert.equal((await claims()).length, 1);
    });

    it('pressed twice is no refusal', async () => {
      const ref = await refOf('manager');
      await stage.press('manager', expected, { ref });
      const view = viewOf(await stage.press('manager', expected, { ref }));
      assert.deepEqual([view.state, view.byYou], ['expected', true]);
      assert.deepEqual(await stage.refusals(), []);
    });

    it('stays closed when a look comes later', async () => {
      await stage.press('manager', expected, { ref: await refOf('manager') });
      stage.did('Add user', row.ends_at, 1);
      await stage.advance(hourAfter);
      assert.deepEqual(await stage.look(row), { kind: 'done' });
      assert.equal((await stage.cards()).length, 2);
    });

    it('works while the log is away', async () => {
      stage.break('never');
      const view = viewOf(await stage.press('manager', expected, { ref: await refOf('manager') }));
      assert.equal(view.state, 'expected');
    });

    it('survives a process that died between the press and the record', async () => {
      const ref = await refOf('manager');
      const claim = claimRow({
        ...closeEffect.key(someArgs()),
        effect: closeEffect.name,
        actor_id: idOf('manager'),
        args: JSON.stringify(someArgs()),
        card_ref: ref,
        lease_until: stage.now() - 1,
      });
      await stage.services.store.write((tx) => tx.insertInto('claims').values(claim).execute());
      await stage.run(reconcile(stage.services, new Map([[closeEffect.name, closeEffect]])), {
        claim: claim.id,
      });
      assert.equal(await stage.stateOf(row), 'closed');
      assert.deepEqual(
        (await stage.cards()).map(({ view }) => view.state),
        ['question', 'question'],
      );
      assert.equal((await stage.told()).length, 1);
    });
  });

  describe('after an emergency', () => {
    beforeEach(() => start({ target: securityAdmin, emergency: 1 }));

    it('takes a word even where all was as expected', async () => {
      const ref = await refOf('security');
      assert.equal(viewOf(await stage.press('security', expected, { ref })).template, 'pim/look-back');
      const view = viewOf(await stage.press('security', expected, { ref, comment: why }));
      assert.deepEqual([view.state, view.comment], ['expected', why]);
    });
  });

  const hourAfter = 61 * minute;

  function someArgs() {
    return {
      activation: row.id,
      personId: person,
      personName: 'Engineer',
      kind: 'role' as const,
      target: row.target,
      scope: row.scope,
      name: 'AI Administrator',
      scopeName: '',
      startsAt: '',
      endsAt: '',
      answer: 'question' as const,
      comment: why,
      byId: idOf('manager'),
      byName: 'Manager',
      at: new Date(row.ends_at).toISOString(),
      done: 1,
      failed: 0,
      log: 'late' as const,
      tell: [idOf('security')],
    };
  }
});
