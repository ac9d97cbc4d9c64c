import type { ErrorTable } from '../../../base/errors.js';

/** Vouching, and the board: part of the table in ../errors.ts. */
export const attestErrors = {
  'recovery.own-attest': {
    retry: 'no',
    says: 'This is about you, so somebody else has to vouch for it. Nothing was changed.',
    next: 'Those who can have been asked.',
  },
  'recovery.guest-attest': {
    retry: 'no',
    says: 'Guests do not vouch for people here. Nothing was changed.',
    next: 'Others have been asked.',
  },
  'recovery.issuer-attest': {
    retry: 'no',
    says: 'You made the pass, so somebody else has to vouch. Nothing was changed.',
    next: 'Those who can have been asked.',
  },
  'recovery.only-issuer': {
    retry: 'no',
    says: 'Nobody but you can make the pass, so somebody else has to vouch. Nothing was changed.',
    next: 'Tell them to ask their manager, or a colleague who also has your role.',
  },
  'recovery.new-manager': {
    retry: 'no',
    says: 'You have been their manager for too short a time to vouch. Nothing was changed.',
    next: 'Others have been asked. If you know the person, tell the security team.',
  },
  'recovery.not-attester': {
    retry: 'no',
    says: 'You are not among those who can vouch for them any more. Nothing was changed.',
    next: 'If that is wrong, tell the help desk.',
  },
  'recovery.attested-already': {
    retry: 'no',
    says: 'You have already vouched. Once is enough.',
    next: 'The card shows how it goes on.',
  },
  'recovery.attest-over': {
    retry: 'no',
    says: 'This case has moved on: nobody has to vouch any more.',
    next: 'If something is wrong, tell the help desk at once.',
  },
  'recovery.no-chat': {
    retry: 'no',
    says: 'A message proves nothing: whoever has the device can write it. Nothing was changed.',
    next: 'Meet them, see them in a video call, or call them on the number you have on file.',
  },
  'recovery.attest-how': {
    retry: 'no',
    says: 'Please choose how you made sure that it is them.',
    next: 'A message in a chat is not enough.',
  },
  'recovery.attest-note': {
    retry: 'no',
    says: 'Please write how you know that it is them: when, where, or what you asked.',
    next: 'One sentence is enough.',
  },
  'recovery.refuse-note': {
    retry: 'no',
    says: 'Please write what makes you doubt that it is them.',
    next: 'One sentence is enough; the security team reads it.',
  },
  'recovery.no-board': {
    retry: 'no',
    says: 'Open cases are for those who may help people sign in.',
    next: 'If you cannot sign in yourself, or help somebody who cannot, write “I cannot sign in”.',
  },
  'recovery.own-case': {
    retry: 'no',
    says: 'This case is about you, so somebody else has to help you with it.',
    next: 'Your own card shows how it stands.',
  },
} as const satisfies ErrorTable;
