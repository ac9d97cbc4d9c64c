import { z } from 'zod/v4';
import { day, hour, minute } from '../../../base/clock.js';
import type { JobHandler, JobResult, NewJob } from '../../../jobs/job.js';
import { outsideQuiet } from '../../../policy/notices.js';
import type { ActivationRow } from '../../../store/schema.js';
import type { HouseServices } from '../../turn.js';
import { activationById } from '../activations.js';
import { showLookBack } from './show.js';
import { isReadable, readUseOr, settledAfterMs, type Use, unread } from './use.js';

const payload = z.object({ activation: z.string() });

/** After the end of the window; what happened in its last minutes comes into the log later, so it is read again. */
const looksMs = [2 * minute, 15 * minute, settledAfterMs] as const;

/** Queued when a window ends that somebody has to look back on. */
export function lookBackJob({ id, ends_at }: Pick<ActivationRow, 'id' | 'ends_at'>): NewJob {
  return {
    kind: 'pim.look-back',
    key: `pim.look-back:${id}`,
    payload: { activation: id, look: 0 },
    runAt: new Date(ends_at + looksMs[0]),
  };
}

/** Tells whoever answers for a role what was done with it. Which look it is follows from the time alone. */
export function lookBack(services: HouseServices): JobHandler {
  return async (job) => {
    const row = await activationById(services, payload.parse(job.payload).activation);
    if (row === undefined || row.look_back === '' || row.look_back === 'closed') return { kind: 'done' };
    const now = services.clock.now();
    if (services.policy.flows.pim === 'off') return again(now.getTime() + day);
    const earliest = notBefore(services, row, now);
    if (earliest > now) return again(earliest.getTime());
    // What could not be read makes no new card: the one that is there says more.
    const instead = row.look_back === 'due' ? unread : undefined;
    const use = await readUseOr(services, row, job, instead);
    if (use !== undefined && !(await showLookBack(services, row, use))) return again(now.getTime() + day);
    return lookLater(row, use, now.getTime());
  };
}

/** The first card waits until people are awake; a card they have is kept true at any hour. */
function notBefore({ policy }: HouseServices, row: ActivationRow, now: Date): Date {
  const due = new Date(Math.max(now.getTime(), row.ends_at + looksMs[0]));
  return row.look_back === 'due' ? outsideQuiet(policy.notices, due) : due;
}

function lookLater(row: ActivationRow, use: Use | undefined, now: number): JobResult {
  if (use?.log === 'whole' || !isReadable(row, now)) return { kind: 'done' };
  const next = looksMs.map((ms) => row.ends_at + ms).find((at) => at > now);
  return again(next ?? now + hour);
}

function again(at: number): JobResult {
  return { kind: 'again', at: new Date(at) };
}
