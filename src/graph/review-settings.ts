import type {
  AccessReviewScheduleSettings,
  AccessReviewStageSettings,
  RecurrencePattern,
} from '@microsoft/microsoft-graph-types';
import { z } from 'zod/v4';
import { flag, list, member, type Shape, text, time } from './fields.js';

export interface ReviewSettings {
  /** Entra wants a reason. */
  readonly reasonRequired: boolean;
  readonly recommendations: boolean;
  /** ISO 8601 duration: how long without a sign-in is long. */
  readonly lookBack: string;
  readonly autoApply: boolean;
  /** What becomes of those nobody decided: Approve, Deny, Recommendation; empty: nothing. */
  readonly ifNobody: string;
  /** Whether reviewers of a later stage may see what was decided before. */
  readonly earlierShown: boolean;
  /** Undefined: held one time. */
  readonly recurrence: { readonly every: number; readonly unit: 'week' | 'month' } | undefined;
}

const defaultLookBack = 'P30D';

/** Of the kinds of insight only the one about sign-ins has a duration. */
const insights = list(
  z.object({ recommendationLookBackDuration: time }).catch({ recommendationLookBackDuration: undefined }),
);

const patternShape = z
  .object({ type: text, interval: z.number().int().min(1) } satisfies Shape<RecurrencePattern>)
  .transform(({ type, interval: every }): ReviewSettings['recurrence'] => {
    if (/weekly$/i.test(type)) return { every, unit: 'week' };
    if (/monthly$/i.test(type)) return { every, unit: 'month' };
    return /yearly$/i.test(type) ? { every: 12 * every, unit: 'month' } : undefined;
  })
  .catch(undefined);

/** A reviewer we cannot read is still a reviewer: nobody may seem to review themselves because of it. */
export const reviewersShape = z
  .array(z.object({ query: text }).catch({ query: '' }))
  .optional()
  .catch(undefined);

export const settingsShape = z.object({
  justificationRequiredOnApproval: flag,
  recommendationsEnabled: flag,
  recommendationLookBackDuration: time,
  recommendationInsightSettings: insights,
  autoApplyDecisionsEnabled: flag,
  defaultDecisionEnabled: flag,
  defaultDecision: member(['Approve', 'Deny', 'Recommendation', 'None']),
  decisionHistoriesForReviewersEnabled: flag,
  // One that is held once comes with no pattern, or with no recurrence at all.
  recurrence: z.object({ pattern: patternShape }).catch({ pattern: undefined }),
} satisfies Shape<AccessReviewScheduleSettings>);

type Settings = z.infer<typeof settingsShape>;

export const noSettings: Settings = settingsShape.parse({});

const stageShape = z.object({
  stageId: text,
  durationInDays: z.number().catch(0),
  recommendationsEnabled: flag,
  recommendationInsightSettings: insights,
  reviewers: reviewersShape,
  fallbackReviewers: reviewersShape,
} satisfies Shape<AccessReviewStageSettings>);

// What came and cannot be read is a stage all the same, and nobody knows who reviews in it.
const unreadable: z.infer<typeof stageShape> = {
  stageId: '',
  durationInDays: 0,
  recommendationsEnabled: false,
  recommendationInsightSettings: [],
  reviewers: undefined,
  fallbackReviewers: undefined,
};

export const stagesShape = z
  .array(stageShape.catch(unreadable))
  .nullish()
  .transform((stages) => stages ?? [])
  .catch([unreadable]);

type Recommending = Pick<Settings, 'recommendationsEnabled' | 'recommendationInsightSettings'>;

/** Where there are stages, what they say about recommendations stands above what the series says. */
export function reviewSettings(settings: Settings, stages: readonly Recommending[]): ReviewSettings {
  const lookBacks = [
    ...stages.flatMap(lookBacksOf),
    settings.recommendationLookBackDuration,
    ...lookBacksOf(settings),
  ];
  return {
    reasonRequired: settings.justificationRequiredOnApproval,
    recommendations:
      stages.length > 0
        ? stages.some(({ recommendationsEnabled }) => recommendationsEnabled)
        : settings.recommendationsEnabled,
    lookBack: lookBacks.find((one) => one !== undefined) ?? defaultLookBack,
    autoApply: settings.autoApplyDecisionsEnabled,
    ifNobody: ifNobody(settings),
    earlierShown: settings.decisionHistoriesForReviewersEnabled,
    recurrence: settings.recurrence.pattern,
  };
}

function ifNobody({ defaultDecisionEnabled, defaultDecision }: Settings): string {
  return defaultDecisionEnabled && defaultDecision !== 'None' ? defaultDecision : '';
}

function lookBacksOf({ recommendationInsightSettings }: Recommending): readonly (string | undefined)[] {
  return recommendationInsightSettings.map((insight) => insight.recommendationLookBackDuration);
}
