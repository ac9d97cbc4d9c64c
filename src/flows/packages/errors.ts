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
    says: 'This package asks questions that I cannot show yet.',
    next: 'Please ask for it in My Access.',
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
  'packages.many-stages': {
    retry: 'no',
    says: 'This request is decided in several stages, which I cannot show yet. Nothing was changed.',
    next: 'Please decide it in My Access, with the link on the card.',
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
} as const;

export const packagesError = errorMaker(packagesErrors);

/** The sentence for a refusal of this flow's rules. */
export function saysOf(code: string): ErrorKind {
  const all: Readonly<Record<string, ErrorKind>> = { ...flowErrors, ...packagesErrors };
  const kind = all[code];
  if (kind === undefined) throw new TypeError(`No sentence for the refusal ${code}`);
  return kind;
}
