import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { minute } from '../../../src/base/clock.js';
import { isAppError } from '../../../src/base/errors.js';
import type { Outcome } from '../../../src/flows/flow.js';
import { reconcile, tellFailure } from '../../../src/flows/reconcile.js';
import type { Case } from '../../../src/flows/recovery/cases.js';
import { isBeingRead } from '../../../src/flows/recovery/issue/being-read.js';
import { issueEffectAlone } from '../../../src/flows/recovery/issue/effect.js';
import { hide } from '../../../src/flows/recovery/issue/hide.js';
import { graphError } from '../../../src/graph/errors.js';
import type { GraphAs } from '../../../src/graph/graph.js';
import { gate } from '../../support/gate.js';
import { until } from '../../support/until.js';
import { type IssueStage, openIssueStage } from './issue-stage.js';

const effects = new Map([[issueEffectAlone.name, issueEffectAlone]]);

/** Changes what becomes of the call that makes a pass. */
function making(graph: GraphAs, post: GraphAs['post']): GraphAs {
  return { ...graph, post };
}

describe('the code of a pass', () => {
  let stage: IssueStage;
  let one: Case;
  let ref: string;
  beforeEach(async () => {
    stage = await openIssueStage();
    one = await stage.open();
    ref = await stage.cardFor(one, 'helpdesk');
  });
  afterEach(() => stage.close());

  const issue = (data: object = {}, key = 'helpdesk'): Promise<Outcome> =>
    stage.press(key, 'recovery.issue', { ref, ...data });
  const code = (): string => {
    const [first] = stage.codes();
    assert.ok(first, 'Entra made no pass');
    return first;
  };
  /** No code that Entra ever said is anywhere, nor in these answers. */
  const assertNowhere = async (...answers: readonly Outcome[]): Promise<void> => {
    const text = [await stage.kept(), ...answers.map((answer) => inspect(answer, { depth: 20 }))].join('\n');
    for (const said of stage.codes())
      for (const form of [said, JSON.stringify(said).slice(1, -1), encodeURIComponent(said), btoa(said)])
        assert.ok(
          !text.includes(form),
          `${form} is in ${text.slice(Math.max(0, text.indexOf(form) - 300)).slice(0, 400)}`,
        );
  };
  const waiting = async (): Promise<boolean> =>
    (await stage.services.store.db.selectFrom('claims').select('id').where('state', '=', 'claimed').execute())
      .length > 0;

  it('is in the one answer, works, and is nowhere else', async () => {
    const answer = await issue();
    assert.ok(JSON.stringify(JSON.parse(stage.shown(answer))).includes(JSON.stringify(code()).slice(1, -1)));
    assert.doesNotMatch(stage.shown(answer), /"refresh"|recovery\.(issue|show)/);
    await assertNowhere();
    assert.deepEqual((await stage.now(one)).state, 'sign-in');
    assert.equal((await stage.now(one)).pass?.shown, true);
    assert.ok(answer.kind === 'card' && answer.ref === ref);
    assert.equal(await stage.signIn(code()), 200);
  });

  it('is not in what the same reader gets a moment later, by whichever way', async () => {
    await issue();
    const answers = [
      await stage.press('helpdesk', 'recovery.show', { ref }),
      await stage.press('helpdesk', 'recovery.read-out', { ref }),
      await stage.press('helpdesk', 'recovery.show', { ref }),
    ];
    await stage.run(hide(stage.services), { ref });
    await assertNowhere(...answers);
  });

  it('is told to one of two deliveries of the same press', async () => {
    const answers = await Promise.all([issue(), issue(), issue()]);
    assert.equal(stage.codes().length, 1);
    const told = answers.filter((answer) => inspect(answer, { depth: 9 }).includes(code()));
    assert.equal(told.length, 1);
    const others = answers.filter((answer) => !told.includes(answer));
    assert.deepEqual(
      others.map(({ kind }) => kind),
      ['notice', 'notice'],
    );
    await assertNowhere(...others);
  });

  it('does not come back when the press is sent again, at once or much later', async () => {
    await issue();
    const soon = await issue();
    assert.match(stage.shown(soon), /shown once/);
    await stage.advance(minute);
    const later = await issue();
    assert.match(stage.shown(later), /make a new one/);
    assert.equal(stage.codes().length, 1);
    await assertNowhere(soon, later);
  });

  it('is replaced only by whoever says which pass, and once', async () => {
    await issue();
    const { pass } = await stage.now(one);
    const second = await issue({ replace: pass?.id });
    assert.equal(stage.codes().length, 2);
    assert.ok(inspect(second, { depth: 9 }).includes(stage.codes()[1] ?? ''));
    await stage.advance(minute);
    const again = await issue({ replace: pass?.id });
    assert.equal(stage.codes().length, 2);
    assert.equal(await stage.signIn(code()), 400);
    assert.equal((await stage.passes()).length, 1);
    await assertNowhere(again);
  });

  it('of a pass that somebody made elsewhere stays theirs until that is said', async () => {
    await stage.remote('/recovery/pass', { person: 'finance', by: 'security' });
    const [there] = await stage.passes();
    const answer = await issue();
    assert.match(stage.shown(answer), /not made in this case/);
    assert.equal(stage.codes().length, 0);
    assert.equal((await stage.passes())[0]?.id, there?.id);
    await issue({ replace: there?.id });
    assert.equal(stage.codes().length, 1);
  });

  it('is lost with the answer of Entra: the pass is deleted, and the next press makes another', async () => {
    stage.meddle((graph) =>
      making(graph, async (...call) => {
        await graph.post(...call);
        throw graphError('graph.fate-unknown');
      }),
    );
    await assert.rejects(issue(), (error) => isAppError(error) && error.code === 'recovery.pass-lost');
    assert.deepEqual(await stage.passes(), []);
    assert.deepEqual([(await stage.now(one)).state, (await stage.now(one)).pass], ['issue', undefined]);
    await assertNowhere();
    stage.meddle((graph) => graph);
    await issue();
    assert.equal(await stage.signIn(stage.codes()[1] ?? ''), 200);
  });

  it('is not in the answer that names no code', async () => {
    stage.meddle((graph) =>
      making(graph, async (...call) => {
        const { temporaryAccessPass: _, ...rest } = Object(await graph.post(...call));
        return rest;
      }),
    );
    await assert.rejects(issue(), (error) => isAppError(error) && error.code === 'recovery.pass-lost');
    assert.deepEqual(await stage.passes(), []);
  });

  it('comes too late: the pass is deleted and not shown, and the card says so', async () => {
    const entra = gate();
    stage.meddle((graph) =>
      making(graph, async <T>(...call: Parameters<GraphAs['post']>) => {
        const made = await graph.post<T>(...call);
        await entra.passed;
        return made;
      }),
    );
    stage.hurry(true);
    const answer = await issue();
    assert.match(stage.shown(answer), /being made/);
    entra.open();
    await until('the end of it', async () => !(await waiting()));
    await until('the word of it', async () => (await stage.jobs('claim.tell')).length > 0);
    assert.deepEqual(await stage.passes(), []);
    await stage.runAll('claim.tell', tellFailure(stage.services, effects));
    const [picture] = await stage.pictures('recovery.issue');
    assert.match(JSON.stringify(picture), /No pass was shown to anybody/);
    await assertNowhere(answer);
    assert.equal((await stage.now(one)).state, 'issue');
    stage.hurry(false);
    stage.meddle((graph) => graph);
    const second = await issue();
    assert.ok(inspect(second, { depth: 9 }).includes(stage.codes()[1] ?? ''));
  });

  it('was ready when nobody waited any more: the pass is deleted, and the case goes back', async () => {
    const answer = await issue();
    assert.ok(answer.kind === 'card');
    answer.unseen?.();
    await until('the pass to be gone', async () => (await stage.passes()).length === 0);
    const after = await stage.now(one);
    assert.deepEqual([after.state, after.pass?.shown], ['issue', false]);
    assert.equal(await isBeingRead(stage.services, ref), false);
    await assertNowhere();
    const second = await issue({ replace: after.pass?.id });
    assert.ok(inspect(second, { depth: 9 }).includes(stage.codes()[1] ?? ''));
  });

  it('dies with the process: the pass is known as one that nobody saw, and replaced', async () => {
    stage.meddle((graph) =>
      making(graph, async (...call) => {
        await graph.post(...call);
        return new Promise(() => undefined);
      }),
    );
    stage.hurry(true);
    await issue();
    await stage.services.store.write((tx) => tx.updateTable('claims').set({ lease_until: 1 }).execute());
    const job = reconcile(stage.services, effects);
    const [claim] = await stage.services.store.db.selectFrom('claims').selectAll().execute();
    await stage.run(job, { claim: claim?.id });
    const after = await stage.now(one);
    assert.deepEqual([after.state, after.pass?.shown], ['issue', false]);
    const card = await stage.press('helpdesk', 'recovery.show', { ref });
    assert.match(stage.shown(card), /nobody has seen its code/);
    await assertNowhere(card);
    stage.hurry(false);
    stage.meddle((graph) => graph);
    const old = await issue();
    assert.match(stage.shown(old), /shown once|nobody has seen/);
    const second = await issue({ replace: after.pass?.id });
    assert.ok(inspect(second, { depth: 9 }).includes(stage.codes()[1] ?? ''));
    assert.equal((await stage.passes()).length, 1);
    assert.equal(await stage.signIn(code()), 400);
    await assertNowhere(card, old);
  });

  it('closes with the case: what nobody used is deleted, and the press that was first wins', async () => {
    await issue();
    const answer = await stage.press('helpdesk', 'recovery.close', {
      ref,
      note: 'She found her phone again.',
    });
    assert.deepEqual(await stage.passes(), []);
    assert.equal((await stage.now(one)).state, 'closed');
    assert.match(stage.shown(answer), /She found her phone again/);
    assert.equal(await stage.signIn(code()), 400);
    await assertNowhere(answer);
  });

  it('is left alone on its message while it is read', async () => {
    await issue();
    assert.equal(await isBeingRead(stage.services, ref), true);
    await stage.press('helpdesk', 'recovery.read-out', { ref });
    assert.equal(await isBeingRead(stage.services, ref), false);
    const second = await issue({ replace: (await stage.now(one)).pass?.id });
    await stage.advance(6 * minute);
    assert.equal(await isBeingRead(stage.services, ref), false);
    await stage.runAll('recovery.hide', hide(stage.services));
    assert.equal(second.kind, 'card');
  });
});
