import { z } from 'zod/v4';
import { passkeyCsv } from '../../insight/passkey-csv.js';
import { passkeyReport } from '../../insight/passkey-report.js';
import { type Outcome, verb } from '../flow.js';
import { reportCard } from './cards/report-card.js';
import { csvName, offerName } from './report/csv-file.js';
import { openOffer } from './report/offer.js';
import { readReport } from './report/read-report.js';

/** Offers the whole report as a file, one line a person. What is offered is made again when somebody says yes. */
export const reportFile = verb({
  name: offerName,
  scopes: [],
  input: z.object({}),
  async run(turn): Promise<Outcome> {
    const { people, recoveries, asOf } = await readReport(turn);
    const report = passkeyReport(people, recoveries);
    if (asOf === undefined) return { kind: 'card', card: reportCard(report, recoveries, { asOf }) };
    const name = csvName(turn.services.clock.now());
    const offers = {
      name,
      description: 'Who signs in with what, one line a person. Keep it where only you can read it.',
      size: Buffer.byteLength(passkeyCsv(people, recoveries)),
      accept: { verb: offerName, data: { ref: await openOffer(turn) } },
    };
    return { kind: 'card', card: reportCard(report, recoveries, { asOf, offered: name }), offers };
  },
});
