import { type ErrorKind, errorMaker } from '../../base/errors.js';
import { flowErrors } from '../errors.js';
import { attestErrors } from './attest/errors.js';
import { cleanUpErrors } from './clean-up/errors.js';
import { incidentErrors } from './incident/errors.js';
import { issueErrors } from './issue/errors.js';

export const recoveryErrors = {
  ...attestErrors,
  ...cleanUpErrors,
  ...incidentErrors,
  ...issueErrors,
  'recovery.closed': {
    retry: 'no',
    says: 'This case is closed. Nothing was changed.',
    next: 'If help is still needed, write “I cannot sign in” to open a new one.',
  },
  'recovery.guest': {
    retry: 'no',
    says: 'You sign in here with an account of another organisation, so this one cannot help you with it. Nothing was changed.',
    next: 'Ask the help desk of your own organisation.',
  },
  'recovery.no-guest-helper': {
    retry: 'no',
    says: 'Guests do not open a case for somebody else here. Nothing was changed.',
    next: 'Ask a colleague of theirs, their manager or the help desk.',
  },
  'recovery.guest-subject': {
    retry: 'no',
    says: 'They sign in here with an account of another organisation, so this one cannot help them with it. Nothing was changed.',
    next: 'They can ask the help desk of their own organisation.',
  },
  'recovery.switched-off': {
    retry: 'no',
    says: 'Their account is switched off, so nobody can sign in with it. Nothing was changed.',
    next: 'Ask their manager or the help desk whether that is right. For a first day choose “Somebody starts”.',
  },
  'recovery.too-many': {
    retry: 'no',
    says: 'You have opened as many cases as one person may in a day. Nothing was changed.',
    next: 'Call the help desk.',
  },
  'recovery.open-already': {
    retry: 'no',
    says: 'There is an open case for this person already. Nothing was changed.',
    next: 'You need not do anything: somebody is at it.',
  },
  'recovery.own-first-day': {
    retry: 'no',
    says: 'A first day is prepared by somebody else. Nothing was changed.',
    next: 'Ask your manager, or choose “I cannot sign in”.',
  },
  'recovery.not-welcoming': {
    retry: 'no',
    says: 'A first day is prepared by their manager, by human resources or by the help desk. Nothing was changed.',
    next: 'Ask their manager to write to me.',
  },
  'recovery.no-first-day': {
    retry: 'no',
    says: 'Nobody has written down their first day. Nothing was changed.',
    next: 'Ask human resources to enter it, and try again.',
  },
  'recovery.too-early': {
    retry: 'no',
    says: 'It is too early for their first day. Nothing was changed.',
    next: 'Come back when it is nearer.',
  },
  'recovery.started': {
    retry: 'no',
    says: 'They started a while ago. Nothing was changed.',
    next: 'Choose what happened to them instead, such as “cannot sign in”.',
  },
  'recovery.not-yours': {
    retry: 'no',
    says: 'That is for somebody else to press. Nothing was changed.',
    next: 'Your own card shows what you can do.',
  },
  'recovery.pass-made': {
    retry: 'no',
    says: 'The help desk is at it already, so it cannot be taken back here. Nothing was changed.',
    next: 'Tell the help desk: they close the case, and take back what they made.',
  },
  'recovery.offer-over': {
    retry: 'no',
    says: 'That file was taken already, or waited too long. Nothing was saved this time.',
    next: 'Write “passkey report” to me, and press “Get it as a file”.',
  },
  'recovery.not-signed-out': {
    retry: 'later',
    says: 'You were not signed out.',
    next: 'Please press the button again.',
  },
} as const satisfies Record<string, ErrorKind>;

export const recoveryError = errorMaker(recoveryErrors);

/** The sentence for a refusal of this flow's rules. */
export function saysOf(code: string): ErrorKind {
  const all: Readonly<Record<string, ErrorKind>> = { ...flowErrors, ...recoveryErrors };
  const kind = all[code];
  if (kind === undefined) throw new TypeError(`No sentence for the refusal ${code}`);
  return kind;
}
