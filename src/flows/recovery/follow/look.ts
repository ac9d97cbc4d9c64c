import { z } from 'zod/v4';
import { minute } from '../../../base/clock.js';
import type { JobHandler, NewJob } from '../../../jobs/job.js';
import type { HouseServices } from '../../turn.js';
import { caseById, changeCase, isOpen } from '../cases.js';
import { readFlags } from '../checks/read-flags.js';

const payload = z.object({ id: z.string(), looked: z.number() });

/** After this many looks the card goes on saying what could not be read; at the click of a pass it is read again. */
const looksAtMost = 5;

/** Apart from the cards: those who can do something wait for it, and whoever asked for help does not. */
export function lookJob(id: string): NewJob {
  return { kind: 'recovery.look', key: `recovery.look:${id}`, payload: { id, looked: 0 } };
}

export function look(services: HouseServices): JobHandler {
  return async (job) => {
    const { id, looked } = payload.parse(job.payload);
    const one = await caseById(services, id);
    if (one === undefined || !isOpen(one)) return { kind: 'done' };
    const flags = await readFlags(services, one);
    const by = { actor: 'latchkey', reference: services.ids.guid(), seen: { flags } };
    await services.store.write((tx) =>
      changeCase(tx, services, id, by, (now) => (isOpen(now) ? { about: { flags } } : undefined)),
    );
    services.wake();
    if (flags.unread.length === 0 || looked + 1 >= looksAtMost) return { kind: 'done' };
    const at = new Date(services.clock.now().getTime() + minute);
    return { kind: 'again', at, payload: { id, looked: looked + 1 } };
  };
}
