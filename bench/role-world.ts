import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { newId } from '../practice/world/ids.js';
import type { Eligible } from '../practice/world/pim/held.js';
import type { Logged } from '../practice/world/pim/outcome.js';
import { pimStep } from '../practice/world/pim/progress.js';
import type { PimState } from '../practice/world/pim/records.js';
import { newState, plannedTargets } from '../practice/world/pim/seeds.js';
import { submitted } from '../practice/world/pim/submit.js';
import { directoryPersonByKey } from '../practice/world/reviewed-people.js';
import { day, hour, minute } from '../src/base/clock.js';

export interface RoleWorld {
  /** Activations of the last month that have ended; nobody had to approve them. */
  readonly over: number;
  /** Requests of this minute that somebody has to approve. */
  readonly waiting: number;
}

interface Story {
  readonly state: PimState;
  readonly rows: readonly Logged[];
}

/** The world file of a practice tenant in which all this has happened, each by a person of their own. */
export function writeRoleWorld(folder: string, { over, waiting }: RoleWorld): void {
  const now = Date.now();
  let state = newState(new Date(now - 29 * day));
  const rows: Logged[] = [];
  const add = (target: string, person: string, at: number): void => {
    const told = asked(state, { target, person, at });
    state = told.state;
    rows.push(...told.rows);
  };
  for (let index = 0; index < over; index += 1) {
    add('exchange-admin', `archive-${index}`, now - 28 * day + Math.floor((index * 27 * day) / over));
  }
  for (let index = 0; index < waiting; index += 1) add('platform-admins', `archive-${index}`, now - minute);
  rows.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const audits = { rows: rows.map((row) => ({ ...row, id: newId() })), delayMs: 15_000, page: 1_000 };
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'practice.json'), JSON.stringify({ pim: state, audits }));
}

/** As Entra would have gone on with it until now. */
function asked(
  before: PimState,
  wish: { readonly target: string; readonly person: string; readonly at: number },
): Story {
  const { at } = wish;
  const target = plannedTargets(before).find(({ key }) => key === wish.target);
  const person = directoryPersonByKey(wish.person);
  if (target === undefined || person === undefined) throw new Error(`No ${wish.person} or ${wish.target}`);
  const { kind, id, scope } = target;
  const eligible: Eligible = {
    target: { kind, id, scope },
    instanceId: newId(),
    scheduleId: newId(),
    principalId: person.id,
    principalKind: 'user',
    memberType: 'Direct',
    startsAt: new Date(at - day).toISOString(),
    endsAt: undefined,
  };
  const told = submitted({
    ...{ state: before, now: at },
    asker: { person, acrs: [], cp1: false, ip: '203.0.113.20' },
    eligible: [eligible],
    wish: {
      ...{ target: { kind, id, scope }, action: 'selfActivate', principalId: person.id },
      ...{ ticketSystem: '', ticketNumber: '', validationOnly: false },
      justification: 'The nightly index of the archive is stuck',
      expiration: { type: 'afterDuration', duration: 'PT1H' },
    },
  });
  let { state } = told;
  const rows = [...told.rows];
  for (let step = pimStep(state, at + 2 * hour); step !== undefined; step = pimStep(state, at + 2 * hour)) {
    state = step.state;
    rows.push(...step.rows);
  }
  return { state, rows };
}
