import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { AuditEvent } from '../../src/audit/events.js';
import { linesOf } from '../../src/audit/read.js';
import { record } from '../../src/audit/record.js';
import { verifyRecord } from '../../src/audit/verify.js';
import { canonicalJson, type Json } from '../../src/base/json.js';
import type { AuditRow } from '../../src/store/schema.js';
import { handClock } from '../support/hand-clock.js';
import { openTempStore, type TempStore } from '../support/temp-store.js';

describe('a line in the record', () => {
  let temp: TempStore;
  const clock = handClock();
  before(async () => {
    temp = await openTempStore();
  });
  after(() => temp.close());

  const write = async (event: AuditEvent): Promise<AuditRow> => {
    await temp.store.write((tx) => record(tx, clock, event));
    let last: AuditRow | undefined;
    for await (const line of linesOf(temp.store)) last = line;
    assert.ok(last);
    return last;
  };
  const changed = (seen: Json, item = 'request:1'): AuditEvent => ({
    kind: 'item.changed',
    actor: 'latchkey',
    item,
    reference: 'r',
    data: { from: 'a', to: 'b', seen },
  });

  it('holds any data exactly as it was, and the record stays intact', async () => {
    const anyJson = fc.jsonValue({ maxDepth: 3, stringUnit: 'binary' });
    await fc.assert(
      fc.asyncProperty(anyJson, async (value) => {
        const seen = JSON.parse(JSON.stringify(value)) as Json;
        const line = await write(changed(seen));
        assert.equal(canonicalJson(JSON.parse(line.data).seen), canonicalJson(seen));
      }),
      { numRuns: 60 },
    );
    assert.equal((await verifyRecord(temp.store)).kind, 'intact');
  });

  it('stays verifiable whatever a click puts into the names of things', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 20 }), async (item) => {
        const line = await write(changed(null, item));
        if (wellFormed(item) && !item.includes('\0')) assert.equal(line.item, item);
      }),
      { numRuns: 60 },
    );
    for (const odd of ['card:\0', 'card:\ud800', 'a\0b']) await write(changed(null, odd));
    assert.equal((await verifyRecord(temp.store)).kind, 'intact');
  });
});

function wellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}
