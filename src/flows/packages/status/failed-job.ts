import type { NewJob } from '../../../jobs/job.js';

/** Looks after a delivery that failed: those who can let Entra try again hear of it, and of what becomes of it. */
export function failedJob(request: string): NewJob {
  return { kind: 'packages.failed', key: `packages.failed:${request}`, payload: { request } };
}
