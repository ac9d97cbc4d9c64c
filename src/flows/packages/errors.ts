import { type ErrorKind, errorMaker } from '../../base/errors.js';
import { flowErrors } from '../errors.js';

export const packagesErrors = {
  'packages.no-guests': {
    retry: 'no',
    says: 'Guests cannot ask for this package here.',
    next: 'Ask the person who invited you to request it with you.',
  },
  'packages.asked-already': {
    retry: 'no',
    says: 'You have already asked for this package.',
    next: 'Your open request shows how it stands.',
  },
  'packages.may-not-ask': {
    retry: 'no',
    says: 'Your organisation does not offer you this package.',
    next: 'Ask your manager which package fits your work.',
  },
  'packages.questions': {
    retry: 'no',
    says: 'This package asks questions that a card cannot show.',
    next: 'Please ask for it in My Access.',
  },
  'packages.form': {
    retry: 'no',
    says: 'Something on the form needs another look.',
    next: 'What it is stands beside the field. Put it right, and send it again.',
  },
  'packages.held': {
    retry: 'no',
    says: 'You have this access already.',
    next: 'When it comes near its end you can ask for longer.',
  },
  'packages.conflict': {
    retry: 'no',
    says: 'This cannot be had together with something you have.',
    next: 'Give that back first, or ask the owner of the package.',
  },
  'packages.not-for-them': {
    retry: 'no',
    says: 'Your organisation does not let you ask for this in their name here.',
    next: 'They can ask for it themselves, or you look in My Access.',
  },
  'packages.reason': {
    retry: 'no',
    says: 'The reason does not say enough yet.',
    next: 'Write what you will do with the access, and send it again.',
  },
  'packages.own-request': {
    retry: 'no',
    says: 'This is your own request, so somebody else has to decide it.',
    next: 'The other approvers were asked too.',
  },
  'packages.settled': {
    retry: 'no',
    says: 'This request is already settled. Nothing was changed.',
    next: 'There is nothing left to do.',
  },
  'packages.not-approver': {
    retry: 'no',
    says: 'Entra does not list you as an approver of this request now. Nothing was changed.',
    next: 'If you should be, ask the owner of the package.',
  },
  'packages.stage-over': {
    retry: 'no',
    says: 'The stage on this card is already decided. Nothing was changed.',
    next: 'If you decide at the next stage too, there is another card for it.',
  },
  'packages.own-access': {
    retry: 'no',
    says: 'You would get this access yourself, so somebody else has to decide it.',
    next: 'The other approvers were asked too.',
  },
  'packages.not-waiting': {
    retry: 'no',
    says: 'This request does not wait for you any more.',
    next: 'Ask me what waits for your approval to see the others.',
  },
  'packages.no-guest-approver': {
    retry: 'no',
    says: 'Guests do not approve packages of this kind.',
    next: 'Another approver was asked too.',
  },
  'packages.comment': {
    retry: 'no',
    says: 'A word to the requester is needed for this decision.',
    next: 'Write one sentence, and press the button again.',
  },
  'packages.not-recorded': {
    retry: 'later',
    says: 'Your last decision was not recorded.',
    next: 'Please press the button again.',
  },
  'packages.not-sent': {
    retry: 'later',
    says: 'Your request did not reach Entra.',
    next: 'Please send it again.',
  },
  'packages.not-shown': {
    retry: 'later',
    says: 'Entra does not show this request just now. Nothing was changed.',
    next: 'Please press the button again in a minute.',
  },
  'packages.owned-closed': {
    retry: 'no',
    says: 'Entra does not let you see who has this package.',
    next: 'Whoever looks after its catalog in Entra can give you a role there.',
  },
  'packages.not-open': {
    retry: 'no',
    says: 'This request is not open any more. Nothing was changed.',
    next: 'The card shows how it stands now.',
  },
  'packages.not-cancelled': {
    retry: 'later',
    says: 'Your request was not taken back.',
    next: 'Please press the button again.',
  },
  'packages.not-held': {
    retry: 'no',
    says: 'You do not have this access any more. Nothing was changed.',
    next: 'If you still need it, ask for it again.',
  },
  'packages.no-end': {
    retry: 'no',
    says: 'This access has no end, so there is nothing to extend.',
    next: 'You keep it for as long as your organisation wants you to.',
  },
  'packages.given-back-already': {
    retry: 'no',
    says: 'You have given this access back already.',
    next: 'Entra takes it away next. There is nothing left to do.',
  },
  'packages.not-taken-back': {
    retry: 'no',
    says: 'Entra does not take this access back from you. Nothing was changed.',
    next: 'Ask whoever looks after the package to remove it.',
  },
  'packages.not-given-back': {
    retry: 'later',
    says: 'Giving it back did not reach Entra. You still have it.',
    next: 'Please press the button again.',
  },
  'packages.not-failed': {
    retry: 'no',
    says: 'There is nothing to try again. Nothing was changed.',
    next: 'The card shows how it stands now.',
  },
  'packages.too-late-to-retry': {
    retry: 'no',
    says: 'Entra tries again for 14 days only, and they are over. Nothing was changed.',
    next: 'The person can ask for the package again.',
  },
  'packages.not-owner': {
    retry: 'no',
    says: 'Entra does not let you try this delivery again. Nothing was changed.',
    next: 'Whoever looks after its catalog in Entra can do it, or give you a role there.',
  },
  'packages.not-retried': {
    retry: 'later',
    says: 'Entra has not begun to try again.',
    next: 'Please press the button again in a minute.',
  },
} as const;

export const packagesError = errorMaker(packagesErrors);

/** The sentence for a refusal of this flow's rules. */
export function saysOf(code: string): ErrorKind {
  const all: Readonly<Record<string, ErrorKind>> = { ...flowErrors, ...packagesErrors };
  const kind = all[code];
  if (kind === undefined) throw new TypeError(`No sentence for the refusal ${code}`);
  return kind;
}
