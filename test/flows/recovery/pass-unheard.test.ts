import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { minute } from '../../../src/base/clock.js';
import type { Outcome } from '../../../src/flows/flow.js';
import type { Case } from '../../../src/flows/recovery/cases.js';
import { isBeingRead } from '../../../src/flows/recovery/issue/being-read.js';
import { hide } from '../../../src/flows/recovery/issue/hide.js';
import { graphError } from '../../../src/graph/errors.js';
import type { GraphAs } from '../../../src/graph/graph.js';
import { cardByRef } from '../../../src/jobs/cards.js';
import { gate } from '../../support/gate.js';
import { until } from '../../support/until.js';
import { type IssueStage, openIssueStage } from './issue-stage.js';

/** Entra takes no pass back just now. */
const keeps = async (): Promise<never> => {
  throw graphError('graph.unavailable');
};

describe('a pass whose code nobody heard', () => {
  let stage: IssueStage;
  let one: Case;
  let ref: string;
  beforeEach(async () => {
    stage = await openIssueStage();
    one = await stage.open();
    ref = await stage.cardFor(one, 'helpdesk');
  });
  afterEach(() => stage.close());

  const issue = (data: object = {}): Promise<Outcome> =>
    stage.press('helpdesk', 'recovery.issue', { ref, ...data });
  const settled = () =>
    until('every claim to be settled', async () => {
      const { db } = stage.services.store;
      const claims = await db.selectFrom('claims').select('state').execute();
      return claims.length > 0 && claims.every(({ state }) => state === 'done');
    });
  /** The case knows the one pass that there is as one that nobody has seen, and another press takes its place. */
  const assertReplaced = async (): Promise<void> => {
    const [left, ...more] = await stage.passes();
    assert.ok(left);
    assert.deepEqual(more, []);
    const { pass, state } = await stage.now(one);
    assert.deepEqual([state, pass?.id, pass?.shown], ['issue', left.id, false]);
    await stage.advance(minute);
    const card = await stage.press('helpdesk', 'recovery.show', { ref });
    assert.match(stage.shown(card), /nobody has seen its code/);
    stage.meddle((graph) => graph);
    const next = await issue({ replace: left.id });
    assert.ok(inspect(next, { depth: 9 }).includes(stage.codes()[1] ?? 'no second code'));
    assert.equal((await stage.passes()).length, 1);
    assert.equal(await stage.signIn(stage.codes()[0] ?? ''), 400);
    assert.equal(await stage.signIn(stage.codes()[1] ?? ''), 200);
  };

  it('came too late, and Entra does not take it back: it is known, and replaced by the next press', async () => {
    const entra = gate();
    stage.meddle((graph) => ({
      ...graph,
      delete: keeps,
      post: async <T>(...call: Parameters<GraphAs['post']>) => {
        const made = await graph.post<T>(...call);
        await entra.passed;
        return made;
      },
    }));
    stage.hurry(true);
    const answer = await issue();
    assert.match(stage.shown(answer), /being made/);
    entra.open();
    await settled();
    stage.hurry(false);
    await assertReplaced();
  });

  it('was lost on the way, and Entra does not take it back: nobody is told that it was shown, and it is replaced', async () => {
    stage.meddle((graph) => ({
      ...graph,
      delete: keeps,
      post: async (...call) => {
        await graph.post(...call);
        throw graphError('graph.fate-unknown');
      },
    }));
    const answer = await issue();
    assert.match(stage.shown(answer), /nobody has seen its code/);
    assert.equal(await isBeingRead(stage.services, ref), false, 'the card goes on being kept true');
    assert.ok(!inspect(answer, { depth: 9 }).includes(stage.codes()[0] ?? ''));
    await settled();
    await assertReplaced();
  });

  it('is off the screen after five minutes, also where the card looks as it did when it was last sent', async () => {
    await issue();
    const last = async () => (await cardByRef(stage.services.store.db, ref))?.version ?? 0;
    await stage.run(hide(stage.services), { ref });
    const before = await last();
    await stage.run(hide(stage.services), { ref });
    assert.equal(await last(), before + 1, 'the message shows what was never a picture of the card');
    const sent = (await stage.jobs('card.deliver')).map(({ key }) => key);
    assert.ok(sent.includes(`card:${ref}:${before + 1}`));
  });
});
