import { z } from 'zod/v4';

const query = z.looseObject({
  '@odata.type': z.string().optional(),
  query: z.string(),
  queryType: z.string().nullish(),
  queryRoot: z.string().nullish(),
});

const scope = z.union([
  query,
  z.looseObject({
    '@odata.type': z.literal('#microsoft.graph.principalResourceMembershipsScope'),
    principalScopes: z.array(query).min(1),
    resourceScopes: z.array(query).min(1),
  }),
]);

const typed = z.looseObject({ '@odata.type': z.string() });
const days = z.int().min(0).max(180);

const stage = z.object({
  stageId: z.string(),
  dependsOn: z.array(z.string()).default([]),
  durationInDays: days,
  recommendationsEnabled: z.boolean().default(true),
  decisionsThatWillMoveToNextStage: z.array(z.string()).default([]),
  reviewers: z.array(query).default([]),
  fallbackReviewers: z.array(query).default([]),
  recommendationInsightSettings: z.array(typed).default([]),
});

// Graph fills in what was left out, also inside the pattern that was sent.
const recurrence = z.object({
  pattern: z.object({
    type: z.string(),
    interval: z.int().min(1),
    month: z.int().default(0),
    dayOfMonth: z.int().default(0),
    daysOfWeek: z.array(z.string()).default([]),
    firstDayOfWeek: z.string().default('sunday'),
    index: z.string().default('first'),
  }),
  range: z.object({
    type: z.string(),
    numberOfOccurrences: z.int().default(0),
    recurrenceTimeZone: z.string().nullable().default(null),
    startDate: z.string(),
    endDate: z.string().default('9999-12-31'),
  }),
});

const settings = z.object({
  mailNotificationsEnabled: z.boolean().default(false),
  reminderNotificationsEnabled: z.boolean().default(false),
  justificationRequiredOnApproval: z.boolean().default(false),
  defaultDecisionEnabled: z.boolean().default(false),
  defaultDecision: z.string().default('None'),
  instanceDurationInDays: days.default(0),
  autoApplyDecisionsEnabled: z.boolean().default(false),
  recommendationsEnabled: z.boolean().default(true),
  recommendationLookBackDuration: z.string().nullable().default(null),
  decisionHistoriesForReviewersEnabled: z.boolean().nullable().default(null),
  recurrence: recurrence.nullable().default(null),
  applyActions: z.array(typed).default([]),
  recommendationInsightSettings: z.array(typed).default([]),
});

/** What somebody writes to plan a review: the body of a POST to `definitions`. */
export const definitionInput = z.object({
  displayName: z.string().trim().min(1),
  descriptionForAdmins: z.string(),
  descriptionForReviewers: z.string(),
  scope,
  instanceEnumerationScope: query.nullish(),
  reviewers: z.array(query),
  fallbackReviewers: z.array(query).default([]),
  additionalNotificationRecipients: z.array(z.unknown()).default([]),
  settings,
  stageSettings: z.array(stage).max(3).default([]),
});

export const definitionShape = definitionInput.extend({
  id: z.string(),
  createdById: z.string(),
  createdAt: z.string(),
});

export type Definition = Readonly<z.infer<typeof definitionShape>>;
export type DefinitionInput = z.input<typeof definitionInput>;
export type ReviewerScope = z.infer<typeof query>;
export type StageSettings = z.infer<typeof stage>;
export type ReviewScope = z.infer<typeof scope>;
