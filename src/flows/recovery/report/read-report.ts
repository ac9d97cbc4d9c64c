import type { PersonKeys, Recoveries } from '../../../insight/passkey-report.js';
import { flowError } from '../../errors.js';
import type { Turn } from '../../turn.js';
import { recoveryError } from '../errors.js';
import { maySeeReport } from './access.js';
import { gathered } from './gathered.js';
import { roundMark } from './inventory.js';
import { markOf } from './marks.js';
import { recoveriesOf } from './recoveries.js';

export interface ReportRead {
  readonly people: readonly PersonKeys[];
  readonly recoveries: Recoveries;
  /** When Entra's report was last read to its end; undefined: not yet. */
  readonly asOf: Date | undefined;
}

/** What was gathered, for whoever may see it at this moment; throws for everybody else. */
export async function readReport({ services, actor, reference }: Turn): Promise<ReportRead> {
  if (services.policy.flows.recovery === 'off') throw flowError('flows.off');
  if (!(await maySeeReport(services.graph.reader(reference), actor.objectId)))
    throw recoveryError('recovery.report-closed');
  const [people, recoveries, read] = await Promise.all([
    gathered(services),
    recoveriesOf(services.store.db, services.clock.now()),
    markOf(services, roundMark),
  ]);
  return { people, recoveries, asOf: read === undefined ? undefined : new Date(read) };
}
