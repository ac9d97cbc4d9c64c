import type { NewJob } from '../../../jobs/job.js';
import type { Known } from './known.js';

/** One an assignment. Queued again, it only runs earlier. */
export function watchJob(assignment: string, known: Known | undefined, at?: number): NewJob {
  return {
    kind: 'packages.watch',
    key: `packages.watch:${assignment}`,
    payload: known === undefined ? { assignment } : { assignment, known },
    ...(at === undefined ? {} : { runAt: new Date(at) }),
  };
}
