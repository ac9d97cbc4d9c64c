import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type {
  AssignmentRecord,
  EntitlementState,
  RequestRecord,
} from '../practice/world/entitlement-records.js';
import { newId } from '../practice/world/ids.js';
import { elevatedPackage, standardPackage } from '../practice/world/packages.js';
import { archivePersonId } from '../practice/world/reviewed-people.js';
import { day, minute } from '../src/base/clock.js';

export interface PackageWorld {
  /** People who have a package; the access of one in a hundred comes to its end this week. */
  readonly held: number;
  /** Requests of this minute that one of two people has to approve. */
  readonly waiting: number;
}

/** The world file of a practice tenant that stands like this. */
export function writePackageWorld(folder: string, { held, waiting }: PackageWorld): void {
  const now = Date.now();
  const entitlement: EntitlementState = {
    requests: Array.from({ length: waiting }, (_, index) => requestOf(index, now)),
    assignments: Array.from({ length: held }, (_, index) => assignmentOf(index, now)),
    failures: {},
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'practice.json'), JSON.stringify({ entitlement }));
}

function requestOf(index: number, now: number): RequestRecord {
  const person = archivePersonId(index);
  const at = moment(now - minute);
  return {
    ...{ id: newId(), type: 'userAdd', packageId: elevatedPackage.id, policyId: elevatedPackage.policy.id },
    ...{ requestorId: person, targetId: person, state: 'submitted', status: 'Accepted', answers: [] },
    justification: 'The nightly index of the archive needs it',
    ...{ createdAt: at, movedAt: at, dueAt: at, stages: [] },
  };
}

function assignmentOf(index: number, now: number): AssignmentRecord {
  return {
    ...{ id: newId(), packageId: standardPackage.id, policyId: standardPackage.policy.id },
    ...{ targetId: archivePersonId(index), state: 'delivered' },
    startsAt: moment(now - 90 * day),
    endsAt: moment(now + (index % 100 === 0 ? 5 : 60) * day),
  };
}

function moment(at: number): string {
  return new Date(at).toISOString();
}
