import { errorMaker } from '../base/errors.js';

export const identityErrors = {
  'identity.not-our-tenant': {
    retry: 'no',
    says: 'This bot works for people of another organisation.',
    next: 'Ask your own IT team for their bot.',
  },
  'identity.sign-in-needed': {
    retry: 'sign-in',
    says: 'Please sign in, so that this happens with your own rights.',
    next: 'Choose Sign in and then press the button again.',
  },
  'identity.token-refused': {
    retry: 'sign-in',
    says: 'The sign-in did not fit the person who pressed the button.',
    next: 'Sign in with the account you use in Teams.',
  },
  'identity.consent-needed': {
    retry: 'sign-in',
    says: 'Latchkey may not act for you yet.',
    next: 'Choose Sign in and accept, or ask your administrator to allow Latchkey.',
  },
  'identity.step-up-needed': {
    retry: 'sign-in',
    says: 'Your organisation asks for a stronger sign-in for this.',
    next: 'Choose Sign in and confirm it is you.',
  },
  'identity.step-up-useless': {
    retry: 'no',
    says: 'You signed in as asked, but Entra still wants a stronger sign-in.',
    next: 'Tell your administrator: the authentication context of this role asks for something your sign-in cannot give.',
  },
  'identity.sign-in-spent': {
    retry: 'later',
    says: 'That sign-in was used already, or took too long. Nothing was changed.',
    next: 'Please press the button again.',
  },
  'identity.blocked': {
    retry: 'no',
    says: 'A rule of your organisation does not let you do this from here.',
    next: 'Try from a managed device, or ask your help desk.',
  },
  'identity.unavailable': {
    retry: 'later',
    says: 'Sign-in is not answering just now. Nothing was changed.',
    next: 'Please press the button again in a minute.',
  },
  'identity.misconfigured': {
    retry: 'no',
    says: 'Latchkey itself cannot sign in. Nothing was changed.',
    next: 'Tell your administrator: the doctor command says what is wrong.',
  },
} as const;

export const identityError = errorMaker(identityErrors);
