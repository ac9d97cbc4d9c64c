import assert from 'node:assert/strict';
import { hour } from '../../../src/base/clock.js';
import { changeCase } from '../../../src/flows/recovery/cases.js';
import { openCaseRow } from '../../../src/flows/recovery/follow/card-rows.js';
import { incidentKind } from '../../../src/flows/recovery/incident/addressees.js';
import { watchOnce } from '../../../src/flows/recovery/watch/watch.js';
import { idOf } from '../../graph/practice-graph.js';
import { denyChange } from './denied-change.js';
import { type IssueStage, openIssueStage } from './issue-stage.js';

describe('a case in which somebody said “that was not me”', () => {
  let stage: IssueStage;
  beforeEach(async () => {
    stage = await openIssueStage();
  });
  afterEach(() => stage.close());

  const refusals = async (): Promise<readonly string[]> => {
    const rows = await stage.services.store.db
      .selectFrom('audit')
      .select('data')
      .where('kind', '=', 'click.refused')
      .orderBy('seq')
      .execute();
    return rows.map(({ data }) => JSON.parse(data).code);
  };
  const kindOf = async (one: { readonly id: string }, kind: string, key: string): Promise<string> => {
    const { services } = stage;
    return services.store.write(
      async (tx) => (await openCaseRow(tx, services, one, { kind, person: idOf(key) })).ref,
    );
  };

  it('is not closed by a passkey: it could be the thief’s', async () => {
    const one = await stage.open();
    const ref = await stage.cardFor(one, 'helpdesk');
    await stage.press('helpdesk', 'recovery.issue', { ref });
    await stage.signIn(stage.codes()[0] ?? '');
    await denyChange(stage, 'engineer');
    await stage.remote('/recovery/register-method', {
      person: 'finance',
      method: { name: 'iPhone 17', aaguid: '90a3ccdf-635c-4729-a248-9b709135078f' },
    });
    const by = { actor: 'test', reference: 'test' };
    // As if everything else were done: even then only a person ends it.
    await stage.services.store.write((tx) =>
      changeCase(tx, stage.services, one.id, by, () => ({ state: 'sign-in', cleaned: 1 })),
    );
    await stage.services.store.write((tx) =>
      tx
        .insertInto('claims')
        .values({
          ...{ id: 'r', item: `recoveryCase:${one.id}`, stage: 'x', action: 'revoke', state: 'done' },
          ...{ effect: 'recovery.revoke', actor_id: 'a', actor_name: 'A', args: '{}', card_ref: '' },
          ...{ reference: 'r', lease_owner: '', lease_until: 0, receipt: '{}', created_at: 1, settled_at: 1 },
        })
        .execute(),
    );
    await stage.advance(2 * hour);
    await watchOnce(stage.services, {});
    await stage.advance(2 * hour);
    await watchOnce(stage.services, {});
    assert.equal((await stage.now(one)).closed_at, 0);
  });

  it('forgets who vouched, and gives no pass', async () => {
    const one = await stage.open();
    await denyChange(stage, 'engineer');
    const after = await stage.now(one);
    assert.deepEqual([after.kind, after.state, after.attested, after.cleaned], ['not-me', 'attest', [], 0]);
    await stage.press('helpdesk', 'recovery.issue', { ref: await stage.cardFor(one, 'helpdesk') });
    assert.deepEqual(await refusals(), ['recovery.not-handled']);
    assert.deepEqual(await stage.passes(), []);
  });

  it('takes nobody’s word for them, and is withdrawn by nobody', async () => {
    const one = await denyChange(stage, 'engineer');
    const word = { how: 'video', note: 'Saw her in a video call at nine.' };
    await stage.press('manager', 'recovery.attest', {
      ref: await kindOf(one, 'recovery.attest', 'manager'),
      ...word,
    });
    await stage.press('manager', 'recovery.refuse', {
      ref: await kindOf(one, 'recovery.attest', 'manager'),
      ...word,
    });
    await stage.press('finance', 'recovery.withdraw', {
      ref: await kindOf(one, 'recovery.case', 'finance'),
    });
    assert.deepEqual(await refusals(), [
      'recovery.not-handled',
      'recovery.not-handled',
      'recovery.denied-stays',
    ]);
    assert.equal((await stage.now(one)).closed_at, 0);
  });

  it('is nothing for whoever made what was denied', async () => {
    const one = await denyChange(stage, 'helpdesk');
    const ref = await stage.cardFor(one, 'helpdesk');
    await stage.press('helpdesk', 'recovery.issue', { ref });
    await stage.press('helpdesk', 'recovery.close', { ref, note: 'All of it is alright again.' });
    await stage.press('helpdesk', 'recovery.attest', {
      ref: await kindOf(one, 'recovery.attest', 'helpdesk'),
      how: 'video',
      note: 'Saw her in a video call at nine.',
    });
    assert.deepEqual(await refusals(), Array(3).fill('recovery.own-change'));
    assert.equal((await stage.now(one)).closed_at, 0);
  });

  it('is handled only once nothing opens the account any more', async () => {
    const one = await denyChange(stage, 'engineer');
    await stage.remote('/recovery/pass', { person: 'finance', by: 'helpdesk' });
    const ref = await kindOf(one, incidentKind, 'security');
    const note = 'Called her: two people were mixed up.';
    await stage.press('security', 'recovery.handled', { ref, note });
    assert.deepEqual(await refusals(), ['recovery.pass-left']);
    await stage.press('security', 'recovery.drop-passes', { ref });
    assert.deepEqual(await stage.passes(), []);
    await stage.remote('/recovery/pass', { person: 'finance', by: 'helpdesk' });
    await stage.press('security', 'recovery.drop-passes', { ref });
    assert.deepEqual(await stage.passes(), [], 'a second pass within minutes is deleted as well');
    await stage.press('security', 'recovery.handled', { ref, note });
    assert.equal((await stage.now(one)).state, 'closed');
  });
});
