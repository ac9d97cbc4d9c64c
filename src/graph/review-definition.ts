import type {
  AccessReviewInstance,
  AccessReviewReviewer,
  AccessReviewScheduleDefinition,
  AccessReviewStage,
  Identity,
} from '@microsoft/microsoft-graph-types';
import { z } from 'zod/v4';
import { id, member, type Shape, text } from './fields.js';
import { parseAs } from './parse.js';
import { type ReviewScope, reviewScope } from './review-scope.js';
import {
  noSettings,
  type ReviewSettings,
  reviewersShape,
  reviewSettings,
  settingsShape,
  stagesShape,
} from './review-settings.js';

/** A series of reviews, as it was set up. */
export interface ReviewInfo {
  readonly id: string;
  readonly name: string;
  /** For reviewers. */
  readonly description: string;
  /** NotStarted, Initializing, Starting, InProgress, Completing, Completed, AutoReviewing, AutoReviewed, and what Entra adds. */
  readonly status: string;
  readonly createdBy: { readonly id: string; readonly name: string } | undefined;
  readonly modifiedAt: string;
  readonly scope: ReviewScope;
  /** Nobody is named who reviews: everybody reviews their own access. */
  readonly selfReview: boolean;
  readonly byManager: boolean;
  /** Empty: one stage only. */
  readonly stages: readonly { readonly id: string; readonly days: number }[];
  readonly settings: ReviewSettings;
}

/** One occurrence of a series, for one resource. */
export interface InstanceInfo {
  readonly id: string;
  readonly status: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly scope: ReviewScope;
}

/** A stage that has begun; the next one appears when this one ends. */
export interface ReviewStage {
  readonly id: string;
  readonly status: string;
  readonly startsAt: string;
  readonly endsAt: string;
}

export interface Reviewer {
  readonly id: string;
  readonly name: string;
  readonly since: string;
}

const status = member([
  'NotStarted',
  'Initializing',
  'Starting',
  'InProgress',
  'Completing',
  'Completed',
  'AutoReviewing',
  'AutoReviewed',
  'Applying',
  'Applied',
]);

const ownIdShape = z
  .string()
  .min(1)
  .transform((value) => value.toLowerCase());
const scope = z.unknown().transform(reviewScope);

const personShape = z
  .object({ id, displayName: text } satisfies Shape<Identity>)
  .catch({ id: undefined, displayName: '' });

const definitionShape = z
  .object({
    id: ownIdShape,
    displayName: text,
    descriptionForReviewers: text,
    status,
    createdBy: personShape,
    createdDateTime: text,
    lastModifiedDateTime: text,
    scope,
    reviewers: reviewersShape,
    fallbackReviewers: reviewersShape,
    settings: settingsShape.catch(noSettings),
    stageSettings: stagesShape,
  } satisfies Shape<AccessReviewScheduleDefinition>)
  .transform((found): ReviewInfo => {
    const lists = [found, ...found.stageSettings];
    const named = lists.flatMap((one) => [...(one.reviewers ?? []), ...(one.fallbackReviewers ?? [])]);
    const { createdBy: by } = found;
    return {
      id: found.id,
      name: found.displayName,
      description: found.descriptionForReviewers,
      status: found.status,
      createdBy: by.id === undefined ? undefined : { id: by.id, name: by.displayName },
      modifiedAt: found.lastModifiedDateTime === '' ? found.createdDateTime : found.lastModifiedDateTime,
      scope: found.scope,
      // A list that was not sent is not an empty one: a self-review lifts what guards all others.
      selfReview: named.length === 0 && lists.every((one) => one.reviewers !== undefined),
      byManager: named.some(({ query }) => /^\.\/manager\b/i.test(query)),
      stages: found.stageSettings.map(({ stageId, durationInDays }) => ({
        id: stageId,
        days: durationInDays,
      })),
      settings: reviewSettings(found.settings, found.stageSettings),
    };
  });

const whenShape = z.object({
  id: ownIdShape,
  status,
  startDateTime: text,
  endDateTime: text,
} satisfies Shape<AccessReviewStage>);

const instanceShape = whenShape.extend({ scope } satisfies Shape<AccessReviewInstance>).transform(
  ({ startDateTime: startsAt, endDateTime: endsAt, ...found }): InstanceInfo => ({
    ...found,
    startsAt,
    endsAt,
  }),
);

const stageShape = whenShape.transform(
  ({ startDateTime: startsAt, endDateTime: endsAt, ...found }): ReviewStage => ({
    ...found,
    startsAt,
    endsAt,
  }),
);

const reviewerShape = z
  .object({
    id: ownIdShape,
    displayName: text,
    userPrincipalName: text,
    createdDateTime: text,
  } satisfies Shape<AccessReviewReviewer>)
  .transform(
    ({ id, displayName, userPrincipalName, createdDateTime }): Reviewer => ({
      id,
      name: displayName === '' ? userPrincipalName : displayName,
      since: createdDateTime,
    }),
  );

export const asReview = parseAs(definitionShape, 'definition of an access review');
export const asInstance = parseAs(instanceShape, 'instance of an access review');
export const asReviewStage = parseAs(stageShape, 'stage of an access review');
export const asReviewer = parseAs(reviewerShape, 'reviewer of an access review');
