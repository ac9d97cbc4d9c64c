import { day } from '../../../base/clock.js';
import type { NewJob } from '../../../jobs/job.js';
import { nextNotice, outsideQuiet } from '../../../policy/notices.js';
import type { Notices } from '../../../policy/policy.js';
import type { HouseServices } from '../../turn.js';
import type { OpenStage } from './open-stage.js';

export interface NextReminder {
  readonly at: Date;
  /** The one before Entra denies the request by itself. */
  readonly last: boolean;
}

interface Reminded {
  readonly now: Date;
  readonly sent: number;
  /** 0: never. */
  readonly deniedAt: number;
}

/** The last warning comes a day before the end, or half-way to it where it is nearer; after it there is none. */
export function nextReminder(notices: Notices, { now, sent, deniedAt }: Reminded): NextReminder | undefined {
  const usual = nextNotice(notices, now, sent);
  if (deniedAt === 0) return { at: usual, last: false };
  const left = deniedAt - now.getTime();
  const warning = outsideQuiet(notices, new Date(left > day ? deniedAt - day : now.getTime() + left / 2));
  if (usual < warning) return { at: usual, last: false };
  return left > 0 && warning.getTime() < deniedAt ? { at: warning, last: true } : undefined;
}

/** Undefined: Entra denies it before anybody could be reminded. */
export function firstReminder(
  { policy, clock }: HouseServices,
  request: string,
  { index: stage, deniedAt }: OpenStage,
): NewJob | undefined {
  const next = nextReminder(policy.notices, { now: clock.now(), sent: 0, deniedAt });
  if (next === undefined) return undefined;
  return {
    kind: 'packages.remind',
    // Of each stage: the next one is not reminded by what was queued for the one before.
    key: `packages.remind:${request}:${stage}`,
    payload: { request, stage, last: next.last },
    runAt: next.at,
  };
}
