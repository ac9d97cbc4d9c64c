import assert from 'node:assert/strict';
import { day, minute } from '../../../src/base/clock.js';
import type { AppError } from '../../../src/base/errors.js';
import type { Outcome } from '../../../src/flows/flow.js';
import { expected } from '../../../src/flows/pim/expected.js';
import { question } from '../../../src/flows/pim/question.js';
import type { ActivationRow } from '../../../src/store/schema.js';
import { idOf } from '../../graph/practice-graph.js';
import { type LookBackStage, openLookBackStage, ownedBy, person } from './look-back-stage.js';

const why = 'I asked for this change in the weekly meeting, and it is in the ticket.';

describe('the look at a role, attacked', () => {
  let stage: LookBackStage;
  let row: ActivationRow;
  beforeEach(async () => {
    stage = await openLookBackStage();
    row = await stage.ended();
    await stage.advance(2 * minute);
    await stage.look(row);
  });
  afterEach(() => stage.close());

  const refOf = async (key: string): Promise<string> => {
    const card = (await stage.cards()).find(({ who }) => who === key);
    assert.ok(card, `${key} has a card`);
    return card.ref;
  };
  const textOf = (outcome: Outcome): string => (outcome.kind === 'notice' ? outcome.text : '');
  const codeIs = (code: string) => (error: AppError) => error.code === code;
  const claims = () => stage.services.store.db.selectFrom('claims').selectAll().execute();
  const changeOwners = (...owners: string[]) => {
    Object.assign(stage.services.policy.pim, { owners: ownedBy(...owners).pim.owners });
  };

  const refusedAs = async (code: string, outcome: Promise<Outcome>): Promise<void> => {
    const text = textOf(await outcome);
    assert.match(text, /Nothing was changed/);
    assert.deepEqual(await stage.refusals(), [code]);
    assert.equal(await stage.stateOf(row), 'sent');
    assert.deepEqual(await claims(), []);
  };
  /** A card of an owner, bent so that it is this person's. */
  const stolen = async (key: string): Promise<string> => {
    const ref = await refOf('manager');
    await stage.services.store.write((tx) =>
      tx
        .updateTable('cards')
        .set({ person: idOf(key) })
        .where('ref', '=', ref)
        .execute(),
    );
    return ref;
  };

  it('by the person themself', async () => {
    await refusedAs('pim.own-use', stage.press('engineer', expected, { ref: await stolen('engineer') }));
  });

  it('by the person themself, who has become an owner since', async () => {
    const ref = await stolen('engineer');
    changeOwners('engineer', 'manager');
    await refusedAs('pim.own-use', stage.press('engineer', question, { ref, comment: why }));
  });

  it('with the card of somebody else', async () => {
    const ref = await refOf('manager');
    for (const key of ['appowner', 'engineer', 'helpdesk']) {
      await assert.rejects(stage.press(key, expected, { ref }), codeIs('flows.not-your-card'));
    }
    assert.equal(await stage.stateOf(row), 'sent');
  });

  it('by a guest', async () => {
    const ref = await stolen('guest');
    changeOwners('guest', 'manager');
    await refusedAs('pim.no-guest-owner', stage.press('guest', expected, { ref }));
  });

  it('by somebody who is an owner no longer', async () => {
    const ref = await refOf('manager');
    changeOwners('appowner');
    await refusedAs('pim.not-owner', stage.press('manager', expected, { ref }));
  });

  it('with a card that is too old', async () => {
    const ref = await refOf('manager');
    await stage.advance(31 * day);
    await refusedAs('flows.card-expired', stage.press('manager', expected, { ref }));
  });

  it('with a card of another kind, or a made-up one', async () => {
    const ref = await refOf('manager');
    await stage.services.store.write((tx) =>
      tx.updateTable('cards').set({ kind: 'pim.status' }).where('ref', '=', ref).execute(),
    );
    for (const wrong of [ref, 'made-up']) {
      await assert.rejects(stage.press('manager', expected, { ref: wrong }), codeIs('flows.unknown-card'));
    }
  });

  it('while the flow is off', async () => {
    const ref = await refOf('manager');
    Object.assign(stage.services.policy.flows, { pim: 'off' });
    const text = textOf(await stage.press('manager', expected, { ref }));
    assert.match(text, /does not decide this in chat/);
    assert.deepEqual(await stage.refusals(), ['flows.off']);
  });

  it('with more than a button sends', async () => {
    const ref = await refOf('manager');
    for (const extra of [{ person }, { answer: 'expected' }, { comment: 'x'.repeat(5000) }]) {
      assert.equal(expected.input.safeParse({ ref, ...extra }).success, false);
    }
  });
});
