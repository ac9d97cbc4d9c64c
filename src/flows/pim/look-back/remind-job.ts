import type { NewJob } from '../../../jobs/job.js';
import { nextNotice } from '../../../policy/notices.js';
import type { HouseServices } from '../../turn.js';

export function firstReminder({ policy, clock }: HouseServices, activation: string): NewJob {
  return {
    kind: 'pim.look-back-remind',
    key: `pim.look-back-remind:${activation}`,
    payload: { activation, sent: 0 },
    runAt: nextNotice(policy.notices, clock.now(), 0),
  };
}
