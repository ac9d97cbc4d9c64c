import { type AppError, type ErrorKind, errorMaker } from '../../base/errors.js';
import { flowErrors } from '../errors.js';
import { lookBackErrors } from './look-back/errors.js';

export const pimErrors = {
  'pim.not-eligible': {
    retry: 'no',
    says: 'You are not eligible for this role, or not any more. Nothing was changed.',
    next: 'Write “my roles” to see what you can activate.',
  },
  'pim.no-guests': {
    retry: 'no',
    says: 'Guests do not activate this role here. Nothing was changed.',
    next: 'Ask your sponsor or contact in this organisation.',
  },
  'pim.asked-already': {
    retry: 'no',
    says: 'You have asked for this role already.',
    next: 'Your card in this chat shows how it stands.',
  },
  'pim.active-already': {
    retry: 'no',
    says: 'You have this role now.',
    next: 'Write “my roles” to see until when.',
  },
  'pim.stands': {
    retry: 'no',
    says: 'You have this role now without activating it.',
    next: 'Use it. If you do not need it all the time, tell your administrator.',
  },
  'pim.too-soon': {
    retry: 'no',
    says: 'Entra does not end an activation in its first five minutes. Nothing was changed.',
    next: 'Try again in a few minutes.',
  },
  'pim.form': {
    retry: 'no',
    says: 'Something is missing on the form. Nothing was sent.',
    next: 'Look at what is written under the fields, and send it again.',
  },
  'pim.not-sent': {
    retry: 'later',
    says: 'Your request did not reach Entra.',
    next: 'Please send it again.',
  },
  'pim.ended-not-begun': {
    retry: 'later',
    says: 'Your earlier time was ended, but the new one was not begun: you do not have the role now.',
    next: 'Please send it again.',
  },
  'pim.role-gone': {
    retry: 'no',
    says: 'Entra does not know this role, or not at this place, any more. Nothing was changed.',
    next: 'Write “my roles” to see what you can activate.',
  },
  'pim.no-licence': {
    retry: 'no',
    says: 'Your organisation has no licence for just-in-time roles. Nothing was changed.',
    next: 'Tell your administrator: it takes Microsoft Entra ID P2 or ID Governance.',
  },
  'pim.locked': {
    retry: 'later',
    says: 'Somebody is changing this role just now. Nothing was changed by your press.',
    next: 'Please try again in a minute.',
  },
  'pim.not-active': {
    retry: 'no',
    says: 'You do not have this role any more.',
    next: 'Write “my roles” to see how things stand.',
  },
  'pim.not-open': {
    retry: 'no',
    says: 'This request does not wait any more. Nothing was changed by your press.',
    next: 'The card shows how it stands now.',
  },
  'pim.not-cancelled': {
    retry: 'later',
    says: 'Your request was not taken back.',
    next: 'Please press the button again.',
  },
  'pim.not-ended': {
    retry: 'later',
    says: 'Your role was not ended.',
    next: 'Please press the button again.',
  },
  'pim.not-shown': {
    retry: 'later',
    says: 'Entra does not show this request just now.',
    next: 'Please try again in a minute, or use the link to the portal.',
  },
  'pim.own-request': {
    retry: 'no',
    says: 'You asked for this role yourself, so somebody else has to decide it. Nothing was changed.',
    next: 'The others who can decide it have been told.',
  },
  'pim.not-approver': {
    retry: 'no',
    says: 'Entra does not count you among those who decide this. Nothing was changed.',
    next: 'If that is wrong, tell whoever administers this role.',
  },
  'pim.no-guest-approver': {
    retry: 'no',
    says: 'Guests do not decide about this role here. Nothing was changed.',
    next: 'The others who can decide it have been told.',
  },
  'pim.settled': {
    retry: 'no',
    says: 'This request is not open any more.',
    next: 'The card shows how it ended.',
  },
  'pim.not-waiting': {
    retry: 'no',
    says: 'This request does not wait for you any more. Nothing was changed.',
    next: 'Write “approvals” to see what does.',
  },
  'pim.comment': {
    retry: 'no',
    says: 'Please write a word on why, so that everybody can follow it later.',
    next: 'Write it and press again.',
  },
  'pim.not-recorded': {
    retry: 'later',
    says: 'Your decision was not recorded.',
    next: 'Please press the button again.',
  },
} as const;

export const pimError = errorMaker(pimErrors);

/** The sentence for a refusal of this flow's rules. */
export function saysOf(code: string): ErrorKind {
  const all: Readonly<Record<string, ErrorKind>> = { ...flowErrors, ...pimErrors, ...lookBackErrors };
  const kind = all[code];
  if (kind === undefined) throw new TypeError(`No sentence for the refusal ${code}`);
  return kind;
}

export type PimCode = keyof typeof pimErrors;

const byCode: Readonly<Record<string, PimCode>> = {
  roleassignmentexists: 'pim.active-already',
  pendingroleassignmentrequest: 'pim.asked-already',
  roleassignmentdoesnotexist: 'pim.not-eligible',
  activedurationtooshort: 'pim.too-soon',
  rolenotfound: 'pim.role-gone',
  subjectnotfound: 'pim.role-gone',
  resourcenotfound: 'pim.role-gone',
  invalidscope: 'pim.role-gone',
  aadpremiumlicenserequired: 'pim.no-licence',
  resourceislocked: 'pim.locked',
};

/** What Entra's own words for a refusal mean here; undefined: it has no particular meaning for role activation. */
export function meaningOf(error: AppError): PimCode | undefined {
  const code = String(error.detail.graphCode ?? '').toLowerCase();
  return Object.hasOwn(byCode, code) ? byCode[code] : undefined;
}
