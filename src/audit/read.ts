import type { AuditRow } from '../store/schema.js';
import type { Store } from '../store/store.js';

const pageSize = 500;

/** The whole record in order, a page at a time: it may be long. */
export async function* linesOf(store: Store): AsyncGenerator<AuditRow> {
  // From below the first number: a line that somebody put before it is seen too.
  for (let after = Number.MIN_SAFE_INTEGER; ; ) {
    const page = await store.db
      .selectFrom('audit')
      .selectAll()
      .where('seq', '>', after)
      .orderBy('seq')
      .limit(pageSize)
      .execute();
    yield* page;
    if (page.length < pageSize) return;
    after = page.at(-1)?.seq ?? after;
  }
}
