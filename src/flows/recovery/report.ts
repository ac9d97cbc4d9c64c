import { z } from 'zod/v4';
import { passkeyReport } from '../../insight/passkey-report.js';
import { flowError } from '../errors.js';
import { type Outcome, verb } from '../flow.js';
import { reportCard } from './cards/report-card.js';
import { recoveryError } from './errors.js';
import { maySeeReport } from './report/access.js';
import { gathered } from './report/gathered.js';
import { roundMark } from './report/inventory.js';
import { markOf } from './report/marks.js';
import { recoveriesOf } from './report/recoveries.js';

/** Who signs in with what, and who should sign in with something better: from what was gathered in the background. */
export const report = verb({
  name: 'recovery.report',
  scopes: [],
  input: z.object({}),
  async run({ services, actor, reference }): Promise<Outcome> {
    if (services.policy.flows.recovery === 'off') throw flowError('flows.off');
    if (!(await maySeeReport(services.graph.reader(reference), actor.objectId)))
      throw recoveryError('recovery.report-closed');
    const [people, recoveries, read] = await Promise.all([
      gathered(services),
      recoveriesOf(services.store.db, services.clock.now()),
      markOf(services, roundMark),
    ]);
    const asOf = read === undefined ? undefined : new Date(read);
    return { kind: 'card', card: reportCard(passkeyReport(people, recoveries), recoveries, asOf) };
  },
});
