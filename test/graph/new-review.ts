import { connectorOperators } from '../../practice/world/groups.js';
import type { NewReview } from '../../src/graph/access-review.js';

const { id } = connectorOperators;

/** As an administrator would set it up. */
export const newReview: NewReview = {
  displayName: 'Connector operators, monthly',
  descriptionForAdmins: 'a',
  descriptionForReviewers: 'r',
  scope: { query: `/groups/${id}/transitiveMembers`, queryType: 'MicrosoftGraph' },
  reviewers: [{ query: `/groups/${id}/owners`, queryType: 'MicrosoftGraph' }],
  settings: {
    mailNotificationsEnabled: false,
    reminderNotificationsEnabled: false,
    justificationRequiredOnApproval: true,
    defaultDecisionEnabled: false,
    defaultDecision: 'None',
    instanceDurationInDays: 7,
    autoApplyDecisionsEnabled: false,
    recommendationsEnabled: true,
    recurrence: {
      pattern: { type: 'absoluteMonthly', interval: 1, dayOfMonth: 1 },
      range: { type: 'noEnd', startDate: '2030-01-01' },
    },
  },
};
