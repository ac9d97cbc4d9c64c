import assert from 'node:assert/strict';
import { executeActions, pressedAction, refreshOf } from '../../practice/teams/card-actions.js';

const execute = (verb: string, data: object, more: object = {}) => ({
  type: 'Action.Execute',
  verb,
  data,
  ...more,
});

describe('the actions of a card', () => {
  it('are found wherever a card may hide them', () => {
    const card = {
      type: 'AdaptiveCard',
      actions: [
        execute('top', {}),
        { type: 'Action.ShowCard', card: { type: 'AdaptiveCard', actions: [execute('in-show-card', {})] } },
      ],
      body: [
        { type: 'ActionSet', actions: [execute('in-action-set', {})] },
        { type: 'Container', selectAction: execute('on-select', {}), items: [] },
        {
          type: 'ColumnSet',
          columns: [{ items: [{ type: 'ActionSet', actions: [execute('in-column', {})] }] }],
        },
        { type: 'Input.Text', inlineAction: execute('in-input', {}) },
      ],
    };
    const verbs = executeActions(card).map(({ verb }) => verb);
    assert.deepEqual(verbs.toSorted(), [
      'in-action-set',
      'in-column',
      'in-input',
      'in-show-card',
      'on-select',
      'top',
    ]);
  });

  it('are not looked for in data or in the refresh', () => {
    const card = {
      refresh: { action: execute('refresh', {}) },
      actions: [execute('a', { b: execute('b', {}) })],
    };
    assert.deepEqual(
      executeActions(card).map(({ verb }) => verb),
      ['a'],
    );
  });
});

describe('a press', () => {
  it('sends the data of the button with what was typed on top', () => {
    const card = { actions: [execute('ask', { ref: 'r1', reason: '' }, { id: 'ask-1', title: 'Ask' })] };
    assert.deepEqual(pressedAction(card, 'ask', { reason: 'for work' }), {
      id: 'ask-1',
      title: 'Ask',
      verb: 'ask',
      data: { ref: 'r1', reason: 'for work' },
    });
  });

  it('takes the button whose data agrees when several have the verb', () => {
    const card = { actions: [execute('keep', { ref: 'a', v: 1 }), execute('keep', { ref: 'b', v: 2 })] };
    assert.deepEqual(pressedAction(card, 'keep', { ref: 'b' }).data, { ref: 'b', v: 2 });
  });

  it('guesses nothing when the button cannot be told', () => {
    const card = { actions: [execute('keep', { ref: 'a', v: 1 }), execute('keep', { ref: 'b', v: 2 })] };
    assert.deepEqual(pressedAction(card, 'keep', { note: 'x' }).data, { note: 'x' });
  });

  it('counts the same button drawn twice as one', () => {
    const card = { actions: [execute('keep', { ref: 'a' }), execute('keep', { ref: 'a' })] };
    assert.deepEqual(pressedAction(card, 'keep', {}).data, { ref: 'a' });
  });

  it('passes forged verbs and data on as they are', () => {
    const card = { actions: [execute('ask', { ref: 'r1' })] };
    assert.deepEqual(pressedAction(card, 'approve', { ref: 'r2' }), { verb: 'approve', data: { ref: 'r2' } });
    assert.deepEqual(pressedAction(card, 'ask', { ref: 'r2' }).data, { ref: 'r2' });
  });
});

describe('the refresh of a card', () => {
  it('names who may ask for it', () => {
    const refresh = { action: execute('see', { ref: 'r' }), userIds: ['29:1-manager'] };
    assert.deepEqual(refreshOf({ refresh }), {
      action: { verb: 'see', data: { ref: 'r' } },
      userIds: ['29:1-manager'],
    });
  });

  it('is nothing without an Action.Execute', () => {
    assert.equal(refreshOf({ refresh: { action: { type: 'Action.Submit' } } }), undefined);
    assert.equal(refreshOf({}), undefined);
  });
});
