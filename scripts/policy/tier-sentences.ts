import type { Reviews, Tier } from '../../src/policy/policy.js';

const comments = {
  optional: 'The approver may write to the requester.',
  'on-deny': 'The approver must write to the requester when denying.',
  always: 'The approver must always write to the requester.',
} as const;

/** What a tier asks of people who want access, and of those who grant it. */
export function asked({ reason, approverComment, guests }: Tier): readonly string[] {
  const least = `The requester must give a reason of ${reason.atLeast} characters or more.`;
  return [
    reason.atLeast === 0
      ? 'The requester gives a reason only where Entra asks for one.'
      : `${least} It may not be made of nothing but: ${reason.refused.join(', ')}.`,
    comments[approverComment],
    guests.mayAsk ? 'Guests may ask for it, where Entra lets them.' : 'Guests may not ask for it here.',
    guests.mayApprove ? 'Guests may decide it, where Entra lets them.' : 'Guests may not decide it here.',
    'Nobody decides about their own request.',
  ];
}

const rhythms = {
  monthly: 'It deserves a review every month.',
  quarterly: 'It deserves a review every quarter.',
  'half-yearly': 'It deserves a review every half year.',
  yearly: 'It deserves a review every year.',
  'per-project': 'It deserves a review for every project, in no fixed rhythm.',
} as const;

const reviewReasons = {
  against: 'for a decision against what Entra recommends, and where Entra asks for one',
  keep: 'for everybody who is kept, against what Entra recommends, and where Entra asks for one',
  always: 'for every decision',
} as const;

const unsure = {
  remove: '“Not sure” removes the access; the person can ask for it again.',
  'dont-know': '“Not sure” records “don’t know”; the review’s own default decides when it ends.',
} as const;

/** What it asks of people who review access, and how often they should. */
export function reviewed({ reason, review }: Tier, { notSure, bulkAtMost }: Reviews): readonly string[] {
  const least = reason.atLeast === 0 ? 'some words are enough' : `${reason.atLeast} characters or more`;
  return [
    rhythms[review.every],
    `The reviewer must give a reason ${reviewReasons[review.reason]}: ${least}.`,
    review.bulkKeep
      ? `Up to ${bulkAtMost} people may be kept with one press, never against what Entra recommends.`
      : 'People are kept one by one.',
    `Up to ${bulkAtMost} people whom Entra recommends to remove may be removed with one press.`,
    unsure[notSure],
  ];
}
