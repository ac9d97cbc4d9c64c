import { z } from 'zod/v4';
import { because } from '../identity/because.js';
import { graphError } from './errors.js';
import { id } from './fields.js';
import type { GraphAs, WriteOptions } from './graph.js';
import { definitions } from './review-place.js';

export interface QueryScope {
  readonly '@odata.type'?: string;
  readonly query: string;
  readonly queryType: 'MicrosoftGraph';
  readonly queryRoot?: string;
}

/** As Graph takes it. No reviewers: everybody reviews their own access. */
export interface NewReview {
  readonly displayName: string;
  readonly descriptionForAdmins: string;
  readonly descriptionForReviewers: string;
  readonly scope: QueryScope;
  readonly reviewers: readonly QueryScope[];
  readonly fallbackReviewers?: readonly QueryScope[];
  readonly settings: {
    readonly mailNotificationsEnabled: boolean;
    readonly reminderNotificationsEnabled: boolean;
    readonly justificationRequiredOnApproval: boolean;
    readonly defaultDecisionEnabled: boolean;
    readonly defaultDecision: 'None' | 'Approve' | 'Deny' | 'Recommendation';
    readonly instanceDurationInDays: number;
    readonly autoApplyDecisionsEnabled: boolean;
    readonly recommendationsEnabled: boolean;
    readonly recommendationLookBackDuration?: string;
    readonly recurrence?: {
      readonly pattern: {
        readonly type: 'weekly' | 'absoluteMonthly';
        readonly interval: number;
        readonly dayOfMonth?: number;
      };
      readonly range: {
        readonly type: 'noEnd' | 'numbered' | 'endDate';
        readonly startDate: string;
        readonly endDate?: string;
        readonly numberOfOccurrences?: number;
      };
    };
  };
}

const createdShape = z.object({ id }).catch({ id: undefined });

/**
 * The id of the new series; its first instance appears some time later. A second POST would be a second review, so
 * where the answer says no id its fate is unknown, and nothing is repeated.
 */
export async function createReview(
  graph: GraphAs,
  body: NewReview,
  options: Pick<WriteOptions, 'landed'> = {},
): Promise<string> {
  const created = createdShape.parse(await graph.post(definitions, body, options));
  if (created.id === undefined) throw graphError('graph.fate-unknown', because('a new review has no id'));
  return created.id;
}
