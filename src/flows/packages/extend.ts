import { z } from 'zod/v4';
import { type Outcome, verb } from '../flow.js';
import { openForm } from './ask/open-form.js';
import { packagesError } from './errors.js';
import { readMine } from './held/read-mine.js';

/** The form of a package that this person holds, to keep it longer. */
export const extend = verb({
  name: 'packages.extend',
  scopes: ['EntitlementMgmt-SubjectAccess.ReadWrite'],
  input: z.object({ assignment: z.string().max(64) }),
  async run(turn, { assignment }): Promise<Outcome> {
    const { held } = await readMine(turn);
    const mine = held.find(({ id }) => id === assignment.toLowerCase());
    if (mine === undefined) throw packagesError('packages.not-held');
    if (mine.endsAt === '') throw packagesError('packages.no-end');
    const { packageId, policyId } = mine;
    return openForm(turn, {
      packageId,
      ...(policyId === undefined ? {} : { policyId }),
      extends: mine,
    });
  },
});
