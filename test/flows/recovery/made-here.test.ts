import assert from 'node:assert/strict';
import { minute } from '../../../src/base/clock.js';
import { itemOf, openCase } from '../../../src/flows/recovery/cases.js';
import type { MethodChange } from '../../../src/flows/recovery/changes/change-in.js';
import { madeHere } from '../../../src/flows/recovery/changes/made-here.js';
import { addChange } from '../../../src/flows/recovery/changes/rows.js';
import { openQuietHouse, type QuietHouse } from '../../support/quiet-house.js';

describe('whether a change was made in a case', function () {
  this.timeout(30_000);
  let house: QuietHouse;
  beforeEach(async () => {
    house = await openQuietHouse();
  });
  afterEach(() => house.close());

  const open = async (): Promise<string> => {
    const { services } = house;
    const one = await services.store.write((tx) =>
      openCase(tx, services, {
        subject: 'ada',
        openedBy: 'ada',
        kind: 'lost',
        about: { subjectName: 'Ada', openerName: 'Ada', note: '', subjectTold: true },
        privileged: false,
        baseline: [],
        reference: 'test',
      }),
    );
    assert.ok(one);
    return one.id;
  };
  const claim = async (caseId: string, state: 'claimed' | 'done' | 'void'): Promise<void> => {
    const at = house.services.clock.now().getTime();
    await house.services.store.write((tx) =>
      tx
        .insertInto('claims')
        .values({
          id: `claim-${state}`,
          item: itemOf(caseId),
          stage: 'clean-up:',
          action: `remove:${state}`,
          effect: 'recovery.remove',
          state,
          actor_id: 'tom',
          actor_name: 'Tom',
          args: JSON.stringify({ method: { id: 'm1', kind: 'phone', text: 'x', createdAt: '' } }),
          card_ref: 'ref',
          reference: 'test',
          lease_owner: 'test',
          lease_until: at,
          receipt: null,
          created_at: at,
          settled_at: at,
        })
        .execute(),
    );
  };
  const change = (id: string, more: Partial<MethodChange> = {}): MethodChange => ({
    id,
    person: 'ada',
    personName: 'Ada',
    happened: 'removed',
    what: 'a mobile number',
    isPass: false,
    byId: 'tom',
    byName: 'Tom',
    ip: '',
    at: house.services.clock.now().getTime() + minute,
    ...more,
  });

  it('takes a step that is done, for one line, and for what it removed', async () => {
    const { services } = house;
    const caseId = await open();
    await claim(caseId, 'void');
    assert.equal((await madeHere(services, change('1'))).caseId, '', 'nothing came of it');
    await claim(caseId, 'done');
    const passkey = change('0', { what: 'a passkey or security key' });
    assert.equal((await madeHere(services, passkey)).caseId, '');
    const made = await madeHere(services, change('1'));
    assert.deepEqual(made, { caseId, step: 'claim-done' });
    await services.store.write((tx) => addChange(tx, services, change('1'), { ...made, place: '' }));
    assert.equal((await madeHere(services, change('2'))).caseId, '', 'one line a step');
  });
});
