import { z } from 'zod/v4';
import { passkeyReport } from '../../insight/passkey-report.js';
import { type Outcome, verb } from '../flow.js';
import { reportCard } from './cards/report-card.js';
import { readReport } from './report/read-report.js';

/** Who signs in with what, and who should sign in with something better: from what was gathered in the background. */
export const report = verb({
  name: 'recovery.report',
  scopes: [],
  input: z.object({}),
  async run(turn): Promise<Outcome> {
    const { people, recoveries, asOf } = await readReport(turn);
    return { kind: 'card', card: reportCard(passkeyReport(people, recoveries), recoveries, { asOf }) };
  },
});
