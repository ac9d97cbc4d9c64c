import { z } from 'zod/v4';
import { day, hour } from '../../../base/clock.js';
import type { JobHandler, NewJob } from '../../../jobs/job.js';
import { outsideQuiet } from '../../../policy/notices.js';
import type { HouseServices } from '../../turn.js';
import { type Case, caseById, changeCase, isOpen } from '../cases.js';
import { isHandled } from '../clean-up/section.js';
import { passEnds } from '../watch/next-look.js';
import { isUrgent } from './addressees.js';

const payload = z.object({ id: z.string() });

/** More of them would only teach people to look away; the next step counts anew. */
const noticesAtMost = 3;

/** One waits for each open case; a change only moves on what it finds when it runs. */
export function escalateJob(services: HouseServices, one: Case): NewJob {
  return {
    kind: 'recovery.escalate',
    key: `recovery.escalate:${one.id}`,
    payload: { id: one.id },
    runAt: dueAt(services, one),
  };
}

/** When a case has stood still too long: first others are asked and the help desk is told, then security as well. */
export function escalate(services: HouseServices): JobHandler {
  return async (job) => {
    const { id } = payload.parse(job.payload);
    const one = await caseById(services, id);
    if (one === undefined || !isOpen(one) || one.escalated >= noticesAtMost) return { kind: 'done' };
    const now = services.clock.now();
    if (services.policy.flows.recovery === 'off') return { kind: 'again', at: new Date(now.getTime() + day) };
    const due = dueAt(services, one);
    if (due > now) return { kind: 'again', at: due };
    const by = { actor: 'latchkey', reference: services.ids.guid(), seen: { stalls: one.escalated + 1 } };
    const after = await services.store.write((tx) =>
      changeCase(tx, services, id, by, (found) =>
        // A step taken a moment ago begins a new wait.
        isOpen(found) && found.changed_at === one.changed_at && found.escalated === one.escalated
          ? { escalated: found.escalated + 1 }
          : undefined,
      ),
    );
    services.wake();
    if (after !== undefined && after.escalated >= noticesAtMost) return { kind: 'done' };
    return {
      kind: 'again',
      at: after === undefined ? new Date(now.getTime() + hour) : dueAt(services, after),
    };
  };
}

/** Nobody is woken for a case that can wait; a stolen device cannot. */
function dueAt({ policy }: HouseServices, one: Case): Date {
  const gaps = policy.recovery.escalateAfter;
  const last = gaps.at(-1) ?? day;
  const wait = gaps[one.escalated] ?? last + (one.escalated - gaps.length + 1) * day;
  // Where only the pass has to run out, nobody is waited for before that.
  const onlyThePass = one.state === 'clean-up' && isHandled(one) && one.pass !== undefined;
  const since = onlyThePass ? Math.max(one.changed_at, passEnds(one)) : one.changed_at;
  const at = new Date(since + wait);
  return isUrgent(one) ? at : outsideQuiet(policy.notices, at);
}
