import type { SignIn, SignInLocation } from '@microsoft/microsoft-graph-types';
import { z } from 'zod/v4';
import { equal } from '../equal.js';
import { type Shape, text } from '../fields.js';
import type { GraphReader } from '../graph.js';
import { parseAs } from '../parse.js';

export interface SignInSeen {
  readonly at: string;
  readonly app: string;
  readonly ip: string;
  readonly city: string;
  /** Two letters. */
  readonly country: string;
  readonly ok: boolean;
  /** Level while it went on: none, low, medium, high or hidden. */
  readonly risk: string;
  /** What became of that: none, atRisk, confirmedCompromised, dismissed, remediated, confirmedSafe. */
  readonly riskState: string;
}

/**
 * Newest first; the newest thousand, which is one page. The log shares five calls in ten seconds with everything else
 * that is read about people here, so nobody's month is read to its end.
 */
export async function signInsOf(
  reader: GraphReader,
  personId: string,
  since: Date,
): Promise<readonly SignInSeen[]> {
  const query = {
    $filter: `${equal('userId', personId)} and createdDateTime ge ${since.toISOString()}`,
    $orderby: 'createdDateTime desc',
    $top: '1000',
  };
  for await (const page of reader.pages('/auditLogs/signIns', { query })) {
    if (page.length > 0) return page.map(asSignIn);
  }
  return [];
}

const nowhere = { city: '', countryOrRegion: '' };

const signInShape = z
  .object({
    createdDateTime: z.string().min(1),
    appDisplayName: text,
    ipAddress: text,
    location: z.object({ city: text, countryOrRegion: text } satisfies Shape<SignInLocation>).catch(nowhere),
    status: z.object({ errorCode: z.int() }).catch({ errorCode: -1 }),
    riskLevelDuringSignIn: text,
    riskState: text,
  } satisfies Shape<SignIn>)
  .transform(
    (found): SignInSeen => ({
      at: found.createdDateTime,
      app: found.appDisplayName,
      ip: found.ipAddress,
      city: found.location.city,
      country: found.location.countryOrRegion,
      ok: found.status.errorCode === 0,
      risk: found.riskLevelDuringSignIn,
      riskState: found.riskState,
    }),
  );

export const asSignIn = parseAs(signInShape, 'sign-in');
