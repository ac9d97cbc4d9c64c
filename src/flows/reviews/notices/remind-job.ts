import type { NewJob } from '../../../jobs/job.js';
import { nextNotice } from '../../../policy/notices.js';
import type { HouseServices } from '../../turn.js';

/** One a person, however many reviews wait for them: whatever is due by then comes in one message. */
export function firstReminder({ policy, clock }: HouseServices, person: string): NewJob {
  return {
    kind: 'reviews.remind',
    key: `reviews.remind:${person}`,
    payload: { person },
    runAt: nextNotice(policy.notices, clock.now(), 0),
  };
}
