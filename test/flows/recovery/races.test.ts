import assert from 'node:assert/strict';
import { second } from '../../../src/base/clock.js';
import { reconcile } from '../../../src/flows/reconcile.js';
import { attestEffect, refuseEffect } from '../../../src/flows/recovery/attest/effects.js';
import { changeCase, type PassMade } from '../../../src/flows/recovery/cases.js';
import { revokeEffect } from '../../../src/flows/recovery/clean-up/revoke-effect.js';
import { issueEffectAlone } from '../../../src/flows/recovery/issue/effect.js';
import { graphError } from '../../../src/graph/errors.js';
import type { ClaimRow } from '../../../src/store/schema.js';
import { actorOf, idOf } from '../../graph/practice-graph.js';
import { type IssueStage, openIssueStage } from './issue-stage.js';

const by = { actor: 'test', reference: 'test' };
const blankClaim: ClaimRow = {
  ...{ id: '', item: '', stage: '', action: '', effect: '', state: 'claimed', actor_id: '', actor_name: '' },
  ...{ args: '', card_ref: '', reference: '', lease_owner: '', lease_until: 0, receipt: null },
  ...{ created_at: 0, settled_at: null },
};
const note = 'She found her phone again.';

describe('what happens between a look at a case and a press', () => {
  let stage: IssueStage;
  beforeEach(async () => {
    stage = await openIssueStage();
  });
  afterEach(() => stage.close());

  const word = (caseId: string, key: string) => ({
    ...{ caseId, kind: 'lost' as const, subject: idOf('finance'), subjectName: 'Leilani', openedBy: '' },
    ...{ openedAt: '', said: '', privileged: false, how: 'video' as const, note, by: idOf(key), byName: key },
    ...{ at: new Date().toISOString(), have: 1, needed: 1, vouched: '', round: 0 },
  });
  /** Past the rules, which had looked at the case before it moved on. */
  const acted = (effect: typeof refuseEffect, args: object): Promise<void> =>
    effect.act(
      stage.services.graph.as(actorOf('helpdesk'), [], 'r'),
      { ...blankClaim, args: JSON.stringify(args) },
      stage.services,
    );

  it('a doubt counts though enough others have vouched', async () => {
    const one = await stage.open();
    await acted(refuseEffect, word(one.id, 'security'));
    assert.equal((await stage.now(one)).state, 'refused');
  });

  it('a doubt after a pass was shown brings security, and stops everything', async () => {
    const one = await stage.open();
    await stage.press('helpdesk', 'recovery.issue', { ref: await stage.cardFor(one, 'helpdesk') });
    await acted(refuseEffect, word(one.id, 'security'));
    const after = await stage.now(one);
    assert.deepEqual([after.kind, after.state, after.attested, after.closed_at], ['not-me', 'attest', [], 0]);
  });

  it('a word that comes too late is not written down as said', async () => {
    const one = await stage.open();
    await assert.rejects(acted(attestEffect, word(one.id, 'security')), /attest-over/);
  });

  it('a case does not close over a pass that was made meanwhile', async () => {
    const one = await stage.open();
    const ref = await stage.cardFor(one, 'helpdesk');
    let made: PassMade | undefined;
    stage.meddle((graph) => ({
      ...graph,
      pages: (...call) => {
        if (made === undefined) {
          made = { id: 'p', startsAt: '', minutes: 60, once: false, madeAt: 1, shown: true };
          const pass = made;
          void stage.services.store.write((tx) =>
            changeCase(tx, stage.services, one.id, by, () => ({ pass, state: 'sign-in' })),
          );
        }
        return graph.pages(...call);
      },
    }));
    await assert.rejects(stage.press('helpdesk', 'recovery.close', { ref, note }), /pass-under-way/);
    assert.equal((await stage.now(one)).closed_at, 0);
    await stage.press('helpdesk', 'recovery.close', { ref, note });
    assert.equal((await stage.now(one)).state, 'closed', 'the next press closes it');
  });

  it('a pass whose answer was lost and that lands late is found, and gone when the case closes', async () => {
    const one = await stage.open();
    const ref = await stage.cardFor(one, 'helpdesk');
    stage.meddle((graph) => ({
      ...graph,
      post: async () => {
        throw graphError('graph.fate-unknown');
      },
    }));
    const answer = await stage.press('helpdesk', 'recovery.issue', { ref });
    assert.match(stage.shown(answer), /being made/);
    const [claim] = await stage.services.store.db.selectFrom('claims').selectAll().execute();
    assert.equal(claim?.state, 'claimed', 'nobody can tell yet');
    stage.meddle((graph) => graph);
    await stage.remote('/recovery/pass', { person: 'finance', by: 'helpdesk' });
    const security = await stage.cardFor(one, 'security');
    const early = await stage.press('security', 'recovery.close', { ref: security, note });
    assert.match(stage.shown(early), /perhaps being made/);
    await stage.services.store.write((tx) => tx.updateTable('claims').set({ lease_until: 1 }).execute());
    const effects = new Map([[issueEffectAlone.name, issueEffectAlone]]);
    await stage.run(reconcile(stage.services, effects), { claim: claim?.id });
    assert.equal((await stage.now(one)).pass?.shown, false);
    await stage.press('security', 'recovery.close', { ref: security, note });
    assert.equal((await stage.now(one)).state, 'closed');
    assert.deepEqual(await stage.passes(), []);
  });

  it('signing out again is done again after half a minute', () => {
    const at = 1_000 * 60 * second;
    const key = (more: number) =>
      revokeEffect.key({ caseId: 'c', subject: 's', subjectName: 'S', at: at + more }).stage;
    assert.equal(key(0), key(10 * second));
    assert.notEqual(key(0), key(40 * second));
  });
});
