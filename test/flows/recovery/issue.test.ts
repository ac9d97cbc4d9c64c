import assert from 'node:assert/strict';
import { type IssueStage, openIssueStage } from './issue-stage.js';

describe('making a pass', () => {
  let stage: IssueStage;
  beforeEach(async () => {
    stage = await openIssueStage();
  });
  afterEach(() => stage.close());

  it('turns a press away where they got a role since, and asks more people', async () => {
    const one = await stage.open();
    // Somebody who may make passes for everybody.
    const ref = await stage.cardFor(one, 'security');
    await stage.remote('/pim/eligible', { person: 'finance', target: 'security-admin', eligible: true });
    const answer = await stage.press('security', 'recovery.issue', { ref });
    assert.match(stage.shown(answer), /admin role now/);
    assert.equal(stage.codes().length, 0);
    const rows = await stage.services.store.db
      .selectFrom('audit')
      .selectAll()
      .where('kind', '=', 'click.refused')
      .execute();
    assert.equal(rows.length, 1);
    assert.deepEqual([(await stage.now(one)).state, (await stage.now(one)).privileged], ['attest', 1]);
  });

  it('asks Entra for nothing where whoever presses vouched, or is who it is about', async () => {
    const one = await stage.open();
    for (const [key, code] of [
      ['manager', 'recovery.attester-issues'],
      ['finance', 'recovery.own-case'],
    ] as const) {
      const answer = await stage.press(key, 'recovery.issue', { ref: await stage.cardFor(one, key) });
      assert.equal(answer.kind, 'card');
      const last = await stage.services.store.db
        .selectFrom('audit')
        .selectAll()
        .where('kind', '=', 'click.refused')
        .orderBy('seq', 'desc')
        .executeTakeFirst();
      assert.equal(JSON.parse(last?.data ?? '{}').code, code);
    }
    assert.deepEqual(await stage.passes(), []);
  });
});
