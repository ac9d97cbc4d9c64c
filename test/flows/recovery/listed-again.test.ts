import assert from 'node:assert/strict';
import { minute } from '../../../src/base/clock.js';
import { removeKey } from '../../../src/flows/recovery/clean-up/remove-effect.js';
import { remove } from '../../../src/flows/recovery/remove.js';
import { methodsOf } from '../../../src/graph/recovery/recovery.js';
import { idOf } from '../../graph/practice-graph.js';
import { type CleanUpStage, openCleanUpStage } from './clean-up-stage.js';

const mobile = '3179e48a-750b-4051-897c-87b9720928f7';

describe('a way to sign in that is listed again', function () {
  this.timeout(60_000);
  let stage: CleanUpStage;

  beforeEach(async () => {
    stage = await openCleanUpStage();
  });
  afterEach(() => stage.close());

  it('does not say that it is removed where a step of before did that, and it is listed again', async () => {
    const one = await stage.openFor('finance');
    const { ref } = await stage.cardFor(one, 'helpdesk');
    const { store, graph } = stage.services;
    const all = await methodsOf(graph.reader('test'), idOf('finance'));
    const createdAt = all.find(({ id }) => id === mobile)?.createdAt ?? '';
    await store.write((tx) =>
      tx
        .insertInto('claims')
        .values({
          id: 'before',
          ...removeKey(one.id, { id: mobile, createdAt }),
          effect: 'recovery.remove',
          state: 'done',
          actor_id: idOf('helpdesk'),
          actor_name: 'Helper',
          args: JSON.stringify({
            caseId: one.id,
            subject: idOf('finance'),
            subjectName: 'Leilani',
            method: { id: mobile, kind: 'phone', text: 'Text', createdAt },
            picked: [mobile],
          }),
          card_ref: ref,
          reference: 'test',
          lease_owner: 'test',
          lease_until: 1,
          receipt: JSON.stringify({ removed: mobile }),
          created_at: stage.now() - minute,
          settled_at: stage.now() - minute,
        })
        .execute(),
    );
    const after = await stage.press('helpdesk', remove, { ref, step: 'remove', methods: mobile });
    assert.deepEqual(
      after.view.results.map(({ result }: { result: string }) => result),
      ['failed'],
    );
  });
});
