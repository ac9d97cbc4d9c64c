import type { PersonKeys } from '../../../insight/passkey-report.js';
import type { HouseServices } from '../../turn.js';
import { personIn } from './inventory.js';

const rowsAtOnce = 5000;

/** Everybody who was gathered; a part at a time, so that others get their turn in between. */
export async function gathered({ store, sleep }: HouseServices): Promise<readonly PersonKeys[]> {
  const all: PersonKeys[] = [];
  for (let after = ''; ; ) {
    const rows = await store.db
      .selectFrom('people_keys')
      .selectAll()
      .where('person', '>', after)
      .orderBy('person')
      .limit(rowsAtOnce)
      .execute();
    all.push(...rows.map(personIn));
    const last = rows.at(-1);
    if (last === undefined || rows.length < rowsAtOnce) return all;
    after = last.person;
    await sleep(0);
  }
}
