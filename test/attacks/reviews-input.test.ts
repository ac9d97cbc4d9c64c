import assert from 'node:assert/strict';
import { refOf } from '../support/on-card.js';
import type { Entry } from '../support/remote-control.js';
import { openReviewStage, type ReviewStage } from '../support/review-stage.js';
import { type Attack, attackOn } from './attack.js';

const reason = 'Works with it every day, I asked her yesterday morning';

/** Data that no button of ours sends: turned away before anything is read, one line in the record. */
describe('what does not fit a button of a review', () => {
  let stage: ReviewStage;
  let attack: Attack;
  let chat: Entry;
  let item: string;

  before(async () => {
    stage = await openReviewStage(['chat-users']);
    attack = attackOn(stage);
    chat = await stage.packet('manager', 'chat-users');
    item = (await stage.portal.reviewItem('manager', 'chat-users', 'finance')).id;
  });
  after(() => stage.close());

  const data = (more: object) => ({ ref: refOf(chat.card), item, seen: 'AAAAAAAAAAAAAAAA', reason, ...more });

  const smuggled: readonly (readonly [string, string, object])[] = [
    ['an answer of their own', 'reviews.keep', { answer: 'Approve' }],
    ['a decision of their own', 'reviews.remove', { decision: 'Approve' }],
    ['another principal', 'reviews.keep', { principalId: 'x' }],
    ['another resource', 'reviews.undo', { resourceId: '' }],
    ['another instance', 'reviews.keep', { instanceId: 'x', definitionId: 'x', stageId: 'x' }],
    ['another reviewer', 'reviews.keep', { by: 'x', actor: 'x', reviewedBy: 'x' }],
  ];
  for (const [what, verb, more] of smuggled) {
    it(`${what} smuggled in: ${verb}`, async () => {
      const { code, status } = await attack('manager', verb, data(more));
      assert.deepEqual([status, code], [400, 'flows.bad-input']);
    });
  }

  const wrong: readonly (readonly [string, string, object])[] = [
    ['a reference that is a list', 'reviews.keep', { ref: ['a'] }],
    ['a reference that is an object', 'reviews.keep', { ref: { $ne: '' } }],
    ['a reference without an end', 'reviews.keep', { ref: 'a'.repeat(100_000) }],
    ['an item that is no id', 'reviews.keep', { item: '../../definitions' }],
    ['an item with something behind it', 'reviews.keep', { item: '11111111-2222-4333-8444-555555555555/..' }],
    ['items in a list', 'reviews.remove', { item: ['11111111-2222-4333-8444-555555555555'] }],
    ['a look that is a number', 'reviews.keep', { seen: 7 }],
    ['a look without an end', 'reviews.keep', { seen: 'x'.repeat(50_000) }],
    ['no look at all', 'reviews.keep', { seen: undefined }],
    ['a reason that is an object', 'reviews.keep', { reason: { toString: 'x' } }],
    ['a reason of five thousand characters', 'reviews.keep', { reason: 'Because. '.repeat(600) }],
  ];
  for (const [what, verb, more] of wrong) {
    it(`bad input: ${what}`, async () => {
      const { code, status, text } = await attack('manager', verb, data(more));
      assert.deepEqual([status, code], [400, 'flows.bad-input']);
      assert.match(text, /does not fit the card\. Nothing was changed/);
    });
  }

  const places: readonly (readonly [string, object])[] = [
    ['a mode that does not exist', { mode: 'everything' }],
    ['a page before the first', { skip: -1 }],
    ['a page far behind the last', { skip: 1e12 }],
    ['half a page', { skip: 0.5 }],
    ['a page that is no number', { skip: 'first' }],
    ['an item that is no id', { mode: 'person', item: 'finance' }],
    ['a filter of their own', { filter: "decision eq 'Approve'" }],
  ];
  for (const [what, more] of places) {
    it(`a place in the list that cannot be: ${what}`, async () => {
      const { code, status } = await attack('manager', 'reviews.show', { ref: refOf(chat.card), ...more });
      assert.deepEqual([status, code], [400, 'flows.bad-input']);
    });
  }

  for (const verb of ['reviews.Keep', 'reviews.decide', 'reviews.recorded', 'reviews.sweep', '__proto__']) {
    it(`a button that does not exist: ${verb}`, async () => {
      assert.equal((await attack('manager', verb, data({}))).code, 'flows.unknown-verb');
    });
  }

  it('a page behind the last one is empty, and costs nothing more', async () => {
    const answer = await stage.show('manager', chat, { mode: 'list', skip: 1_000_000 });
    assert.equal(answer.statusCode, 200, JSON.stringify(answer.value));
  });
});
