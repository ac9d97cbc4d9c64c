import { record } from '../../src/audit/record.js';
import { minute, systemClock } from '../../src/base/clock.js';
import { enqueue } from '../../src/jobs/enqueue.js';
import { openStore, type StoreOptions } from '../../src/store/open-store.js';
import { claimRow, event } from './rows.js';

/** A process that decides as the bot does, and says which decisions were acknowledged; it is made to be killed. */
const [options = '{}', name = '', count = '0'] = process.argv.slice(2);
const store = await openStore(JSON.parse(options) as StoreOptions);
for (let index = 0; index < Number(count); index += 1) {
  const id = `${name}-${index}`;
  await store.write(async (tx) => {
    await tx
      .insertInto('claims')
      .values(claimRow(id, { item: id }))
      .execute();
    await record(tx, systemClock, event(id));
    const runAt = new Date(systemClock.now().getTime() + minute);
    await enqueue(tx, systemClock, { kind: 'claim.reconcile', key: id, payload: {}, runAt });
  });
  process.stdout.write(`${id}\n`);
}
await store.close();
