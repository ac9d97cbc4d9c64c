import { z } from 'zod/v4';
import { record } from '../../../audit/record.js';
import { passkeyCsv } from '../../../insight/passkey-csv.js';
import { type FileContent, fileMaker } from '../../flow.js';
import { offerFor, takeOffer } from './offer.js';
import { readReport } from './read-report.js';

export const offerName = 'recovery.report-file';

export function csvName(now: Date): string {
  return `passkeys-${now.toISOString().slice(0, 10)}.csv`;
}

/**
 * Somebody said yes to the file. They may have lost the right since it was offered, so that is asked again. The line in
 * the record comes with the taking of the offer, before anything leaves: a file is never out without its line.
 */
export const csvFile = fileMaker({
  name: offerName,
  scopes: [],
  input: z.strictObject({ ref: z.string().min(1).max(64) }),
  async run(turn, { ref }): Promise<FileContent> {
    const { people, recoveries } = await readReport(turn);
    if ((await offerFor(turn, ref)) === 'taken') return undefined;
    const { services, actor, reference } = turn;
    const csv = Buffer.from(passkeyCsv(people, recoveries));
    const taken = await services.store.write(async (tx) => {
      if (!(await takeOffer(tx, turn, ref))) return false;
      const data = { verb: turn.verb, name: csvName(services.clock.now()), lines: people.length };
      const item = 'report:passkeys';
      await record(tx, services.clock, { kind: 'file.made', actor: actor.objectId, item, reference, data });
      return true;
    });
    return taken ? csv : undefined;
  },
});
