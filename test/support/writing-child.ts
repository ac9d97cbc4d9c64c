import { writeSync } from 'node:fs';
import { record } from '../../src/audit/record.js';
import { systemClock } from '../../src/base/clock.js';
import { systemIds } from '../../src/base/ids.js';
import { openCard } from '../../src/jobs/cards.js';
import { enqueue } from '../../src/jobs/enqueue.js';
import { openStore } from '../../src/store/open-store.js';
import { auditEvent, claimRow, conversationRow } from './store-rows.js';

/** Writes to every table in one change after another, and says each number once its change is committed. */
const [dataDir = '', start = '0'] = process.argv.slice(2);
const store = await openStore({ dataDir });
const expiresAt = new Date(Date.UTC(2027, 0, 1));

for (let number = Number(start); ; number += 1) {
  const name = `n${number}`;
  await store.write(async (tx) => {
    await tx
      .insertInto('claims')
      .values(claimRow({ item: name }))
      .execute();
    await tx
      .insertInto('conversations')
      .values(conversationRow({ person: name }))
      .execute();
    const about = { flow: 'packages', kind: 'packages.decide', item: name, person: name, purpose: name };
    await openCard(tx, { clock: systemClock, ids: systemIds }, { ...about, expiresAt });
    await enqueue(tx, systemClock, { kind: 'look', key: name, payload: number });
    await record(tx, systemClock, auditEvent({ item: name }));
  });
  writeSync(1, `${number}\n`);
}
