import type { Routes, Version } from '../call.js';
import { approvalRoutes } from './approvals.js';
import { policyRoutes } from './policies.js';
import { requestRoutes } from './requests.js';
import { scheduleRoutes } from './schedules.js';
import { groupWords, roleWords } from './words.js';

/** Privileged Identity Management for roles of the directory and for groups. */
export function pimRoutes(routes: Routes, version: Version): void {
  for (const words of [roleWords, groupWords]) {
    scheduleRoutes(routes, words);
    requestRoutes(routes, words);
  }
  // In v1.0 nobody can decide about a role of the directory: the paths are not there.
  if (version === 'beta') approvalRoutes(routes, roleWords, version);
  approvalRoutes(routes, groupWords, version);
  policyRoutes(routes);
}
