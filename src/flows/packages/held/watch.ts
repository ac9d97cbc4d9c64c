import { z } from 'zod/v4';
import { day, hour, minute, second } from '../../../base/clock.js';
import { deliveredAssignments, type Held, heldById } from '../../../graph/entitlement.js';
import type { JobHandler, JobResult } from '../../../jobs/job.js';
import { outsideQuiet } from '../../../policy/notices.js';
import type { HouseServices } from '../../turn.js';
import { type GivenBackClaim, givenBack, settleGivenBack } from './given-back.js';
import { asHeldOnce, type Known, knownOf, knownShape } from './known.js';
import { settleNotTaken } from './not-taken.js';
import { dueNotice, endOf, isWatched, nextLook } from './notices.js';
import { isCurrent } from './read-mine.js';
import { noticeExtras, settleNotices, tell, wasTold } from './tell.js';

const payload = z.object({ assignment: z.string(), known: knownShape.optional() });

/** What ended longer ago than this is no news: the bot was away. */
const newsFor = 7 * day;

/** Follows one assignment to its end, and tells its holder in time. */
export function watch(services: HouseServices): JobHandler {
  return async (job) => {
    const { assignment, known } = payload.parse(job.payload);
    const now = services.clock.now().getTime();
    if (services.policy.flows.packages === 'off') return again(now + day);
    const held = await heldById(services.graph.reader(services.ids.guid()), assignment);
    const back = await givenBack(services, assignment);
    const on = held !== undefined && isCurrent(held);
    if (back !== undefined && !on) return gone(services, back, held ?? asHeldOnce(assignment, knownIn(back)));
    const waits = on && back !== undefined && !(await settleNotTaken(services, back));
    const soon = waits ? lookAgainIn(now - back.settledAt) : 0;
    if (soon > 0) return again(now + soon);
    if (!on) return over(services, known === undefined ? held : asHeldOnce(assignment, known));
    const next = await follow(services, held);
    return next === undefined
      ? { kind: 'done' }
      : { ...again(next), payload: { assignment, known: knownOf(held) } };
  };
}

function again(at: number): Extract<JobResult, { kind: 'again' }> {
  return { kind: 'again', at: new Date(at) };
}

/** Entra needs a while to take it away. 0: it has had its time, and the access stays as it is. */
function lookAgainIn(sinceMs: number): number {
  if (sinceMs < 2 * minute) return 5 * second;
  return sinceMs < hour ? minute : 0;
}

/** It is held. Undefined: there is nothing to look after for now; whoever looks for endings finds it again. */
async function follow(services: HouseServices, held: Held): Promise<number | undefined> {
  const { notices } = services.policy.packages;
  const now = services.clock.now();
  await settleNotices(services, held, 'extended');
  if (!isWatched(held, notices, now.getTime())) return undefined;
  const due = dueNotice(held, notices, now.getTime());
  if (due !== undefined && held.personId !== '' && !(await wasTold(services, held, due))) {
    const earliest = outsideQuiet(services.policy.notices, now);
    if (earliest > now) return earliest.getTime();
    await tell(services, held, due, await noticeExtras(services, held));
  }
  const end = endOf(held);
  // Entra is late: ever less often, because what should have ended may stay for good.
  if (end <= now.getTime()) return now.getTime() + Math.max(5 * minute, (now.getTime() - end) / 4);
  return nextLook(held, notices, now.getTime());
}

async function gone(services: HouseServices, back: GivenBackClaim, held: Held): Promise<JobResult> {
  await settleNotices(services, held, 'gone');
  await settleGivenBack(services, back);
  return { kind: 'done' };
}

function knownIn({ asked }: GivenBackClaim): Known {
  const { packageId, packageName, personId, endsAt } = asked;
  return { packageId, packageName, personId, startsAt: '', endsAt };
}

/** It is not held any more. Where that is because its time was over, its holder is told. */
async function over(services: HouseServices, held: Held | undefined): Promise<JobResult> {
  if (held === undefined || held.personId === '' || held.endsAt === '') return { kind: 'done' };
  const now = services.clock.now();
  const since = now.getTime() - endOf(held);
  const isNews = since >= -hour && since <= newsFor;
  if (!isNews || (await holdsAnother(services, held))) {
    await settleNotices(services, held, 'gone');
    return { kind: 'done' };
  }
  if (await wasTold(services, held, 'ended')) return { kind: 'done' };
  const earliest = outsideQuiet(services.policy.notices, now);
  if (earliest > now) return again(earliest.getTime());
  await tell(services, held, 'ended', await noticeExtras(services, held));
  return { kind: 'done' };
}

/** Given anew meanwhile, perhaps under another policy: then nothing has ended for its holder. */
async function holdsAnother(services: HouseServices, { packageId, personId }: Held): Promise<boolean> {
  const reader = services.graph.reader(services.ids.guid());
  const held = await deliveredAssignments(reader, [personId]);
  return held.get(personId)?.some((each) => each.packageId === packageId) ?? false;
}
