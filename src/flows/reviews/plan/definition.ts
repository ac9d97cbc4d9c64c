import type { NewReview } from '../../../graph/access-review.js';
import type { CreateArgs } from './rules.js';

const lookBack = 'P30D';

const months = { monthly: 1, quarterly: 3, 'half-yearly': 6, yearly: 12 } as const;

interface WithInsights extends NewReview {
  readonly settings: NewReview['settings'] & {
    readonly recommendationInsightSettings: readonly object[];
  };
}

/** The ready review in the words of Graph. */
export function definitionOf(args: CreateArgs): WithInsights {
  const person = { query: `/users/${args.personId}`, queryType: 'MicrosoftGraph' } as const;
  const owners = { query: './owners', queryType: 'MicrosoftGraph' } as const;
  return {
    displayName: args.name,
    descriptionForAdmins: `Planned with Latchkey, because the policy asks for a review: ${args.every}.`,
    descriptionForReviewers: `Who still needs to be in ${args.groupName}? Keep those you know to need it.`,
    scope: {
      '@odata.type': '#microsoft.graph.accessReviewQueryScope',
      query: `/groups/${args.group}/transitiveMembers`,
      queryType: 'MicrosoftGraph',
    },
    reviewers: args.reviewers === 'owners' ? [owners] : [person],
    // The last owner may leave before a later review of the series begins.
    fallbackReviewers: args.reviewers === 'owners' ? [person] : [],
    settings: {
      // Reviewers who have never met the bot hear of it too.
      mailNotificationsEnabled: true,
      reminderNotificationsEnabled: false,
      justificationRequiredOnApproval: args.reasonRequired,
      defaultDecisionEnabled: true,
      defaultDecision: args.ifNobody,
      instanceDurationInDays: args.days,
      autoApplyDecisionsEnabled: args.autoApply,
      recommendationsEnabled: true,
      recommendationLookBackDuration: lookBack,
      recommendationInsightSettings: insights,
      ...recurrenceOf(args),
    },
  };
}

const insights = [
  {
    '@odata.type': '#microsoft.graph.userLastSignInRecommendationInsightSetting',
    recommendationLookBackDuration: lookBack,
    signInScope: 'tenant',
  },
  { '@odata.type': '#microsoft.graph.groupPeerOutlierRecommendationInsightSettings' },
];

/** None: held once, from the moment it is made. */
function recurrenceOf({ every, startsOn }: CreateArgs): Pick<NewReview['settings'], 'recurrence'> {
  if (every === 'per-project') return {};
  const dayOfMonth = Number(startsOn.slice(8));
  return {
    recurrence: {
      pattern: { type: 'absoluteMonthly', interval: months[every], dayOfMonth },
      range: { type: 'noEnd', startDate: startsOn },
    },
  };
}
