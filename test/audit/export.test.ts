import assert from 'node:assert/strict';
import { exportRecord } from '../../src/audit/export.js';
import { record } from '../../src/audit/record.js';
import { day } from '../../src/base/clock.js';
import { handClock } from '../support/hand-clock.js';
import { auditEvent } from '../support/store-rows.js';
import { openTempStore, type TempStore } from '../support/temp-store.js';

describe('exporting the record', () => {
  let temp: TempStore;
  const clock = handClock(Date.UTC(2026, 0, 1));
  before(async () => {
    temp = await openTempStore();
    const items = ['=cmd|calc', '+1', '-1', '@sum', '\tx', '\rx', 'said "no", twice\nover'];
    for (const item of items) {
      await temp.store.write((tx) => record(tx, clock, auditEvent({ item })));
      clock.advance(day);
    }
  });
  after(() => temp.close());

  const exported = async (options: Parameters<typeof exportRecord>[1]): Promise<readonly string[]> => {
    const lines: string[] = [];
    for await (const line of exportRecord(temp.store, options)) lines.push(line);
    return lines;
  };

  it('gives one JSON object a line, with dates and data a program can read', async () => {
    const [first = ''] = await exported({ format: 'jsonl' });
    const { hash, ...rest } = JSON.parse(first);
    assert.match(hash, /^[0-9a-f]{64}$/);
    assert.deepEqual(rest, {
      seq: 1,
      at: '2026-01-01T00:00:00.000Z',
      kind: 'click.refused',
      actor: 'mina',
      item: '=cmd|calc',
      reference: 'reference-1',
      data: { verb: 'packages.approve', code: 'packages.not-approver', basis: ['approver'] },
      previous: '0'.repeat(64),
    });
  });

  it('gives a table with a heading as CSV', async () => {
    const lines = await exported({ format: 'csv' });
    assert.equal(lines[0], 'seq,at,kind,actor,item,reference,data,previous,hash');
    assert.equal(lines.length, 8);
  });

  it('makes text of what a spreadsheet would run, and quotes what would break a row', async () => {
    const lines = (await exported({ format: 'csv' })).slice(1);
    const items = lines.map((line) => line.split(',mina,')[1]?.split(',reference-1,')[0]);
    assert.deepEqual(items, [
      "'=cmd|calc",
      "'+1",
      "'-1",
      "'@sum",
      "'\tx",
      '"\'\rx"',
      '"said ""no"", twice\nover"',
    ]);
  });

  it('takes lines from a moment on and up to another, the latter not included', async () => {
    const from = new Date(Date.UTC(2026, 0, 2));
    const to = new Date(Date.UTC(2026, 0, 4));
    const seqs = (await exported({ format: 'jsonl', from, to })).map((line) => JSON.parse(line).seq);
    assert.deepEqual(seqs, [2, 3]);
  });
});
