import { day } from '../../../base/clock.js';
import type { HouseServices } from '../../turn.js';
import { type Case, changeCase, isOpen } from '../cases.js';
import { livePasses } from '../issue/live-passes.js';
import { spend } from '../report/pace.js';
import { passEnds } from './next-look.js';

const unusedFor = 7 * day;
/** All cases share five calls in ten seconds. */
const endsAtOnce = 1;

const outcome = 'Nobody took a step for seven days, so the case ended by itself.';

/** What was vouched for long ago must not lie about. Of an incident a person says when it is over. */
export async function endUnused(services: HouseServices, open: readonly Case[]): Promise<void> {
  const now = services.clock.now().getTime();
  const isUnused = (one: Case): boolean =>
    isOpen(one) && one.kind !== 'not-me' && one.changed_at <= now - unusedFor && passEnds(one) < now;
  // One that cannot be ended just now must not hold up the others for ever.
  const unused = open.filter(isUnused);
  const first = unused.length === 0 ? 0 : Math.floor(now / 15_000) % unused.length;
  for (const one of unused.slice(first, first + endsAtOnce)) {
    try {
      await end(services, one, isUnused);
    } catch (error) {
      services.log.warn({ error }, 'a case that nobody needs was not ended');
    }
  }
}

async function end(services: HouseServices, one: Case, isUnused: (one: Case) => boolean): Promise<void> {
  const reader = services.graph.reader(services.ids.guid());
  await spend(services, 1);
  if ((await livePasses(reader, one.subject, one.opened_at)).length > 0) return;
  const by = { actor: 'latchkey', reference: services.ids.guid(), seen: { unused: true } };
  await services.store.write((tx) =>
    changeCase(tx, services, one.id, by, (now) =>
      isUnused(now) ? { state: 'closed', about: { outcome } } : undefined,
    ),
  );
  services.wake();
}
