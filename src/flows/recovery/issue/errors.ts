import type { ErrorTable } from '../../../base/errors.js';

/** Making a pass, and closing a case: part of the table in ../errors.ts. */
export const issueErrors = {
  'recovery.attester-issues': {
    retry: 'no',
    says: 'You vouched for them, so somebody else has to make the pass. No pass was made.',
    next: 'Your colleagues who can do it have the same card.',
  },
  'recovery.guest-issues': {
    retry: 'no',
    says: 'Guests make no passes here. No pass was made.',
    next: 'Your colleagues who can do it have the same card.',
  },
  'recovery.no-role': {
    retry: 'no',
    says: 'You do not have the role that this takes just now. Nothing was changed.',
    next: 'Activate Authentication Administrator, or for people with admin roles Privileged Authentication Administrator.',
  },
  'recovery.not-attested': {
    retry: 'no',
    says: 'Not enough people have vouched for them yet. No pass was made.',
    next: 'The card shows who has; those who can have been asked.',
  },
  'recovery.now-privileged': {
    retry: 'no',
    says: 'They have, or can get, an admin role now, so more people have to vouch. No pass was made.',
    next: 'Those who can have been asked. If the role is a surprise, tell the security team.',
  },
  'recovery.flagged': {
    retry: 'no',
    says: 'A sign on this case stops the pass. No pass was made.',
    next: 'Ask the security team to look into it. They can go on in Entra if it is all right.',
  },
  'recovery.unread-signs': {
    retry: 'no',
    says: 'Entra did not say whether there is a sign that stops the pass. No pass was made.',
    next: 'Press again in a minute. If it stays like this, ask the security team.',
  },
  'recovery.cool-down': {
    retry: 'no',
    says: 'They got a pass in another case a short while ago. No pass was made.',
    next: 'Ask the security team to look into it. They can go on in Entra if it is all right.',
  },
  'recovery.passes-a-day': {
    retry: 'no',
    says: 'They got as many passes today as your organisation allows. No pass was made.',
    next: 'Ask the security team to look into it. They can go on in Entra if it is all right.',
  },
  'recovery.passes-off': {
    retry: 'no',
    says: 'Passes are switched off in your tenant. No pass was made.',
    next: 'Ask an Authentication Policy Administrator to switch on Temporary Access Passes.',
  },
  'recovery.pass-not-for-them': {
    retry: 'no',
    says: 'The rules of your tenant give this person no pass, so none would open anything. No pass was made.',
    next: 'Ask an Authentication Policy Administrator to let them have a Temporary Access Pass.',
  },
  'recovery.pass-too-long': {
    retry: 'no',
    says: 'The shortest pass of your tenant is good for longer than your organisation allows here. No pass was made.',
    next: 'Ask whoever looks after Latchkey to bring the two into line.',
  },
  'recovery.no-pass-for-guest': {
    retry: 'no',
    says: 'Guests sign in with their own organisation, so no pass of ours opens anything for them. No pass was made.',
    next: 'Their own help desk can help them. You can close this case.',
  },
  'recovery.no-pass-for-blocked': {
    retry: 'no',
    says: 'Their account is blocked, so no pass would open it. No pass was made.',
    next: 'Find out first why it is blocked.',
  },
  'recovery.pass-there': {
    retry: 'no',
    says: 'There is a pass for them already. Nothing was changed.',
    next: 'If you make a new one, the old one stops working at that moment.',
  },
  'recovery.shown-once': {
    retry: 'no',
    says: 'The pass is shown once, where the button was pressed, and to nobody else.',
    next: 'If nobody could read it, show the case again and make a new one.',
  },
  'recovery.signed-in': {
    retry: 'no',
    says: 'They are in again, so they need no pass. No pass was made.',
    next: 'If they are locked out once more, open a new case.',
  },
  'recovery.pass-late': {
    retry: 'later',
    says: 'Entra made the pass too late for me to show it to you, so it was deleted again.',
    next: 'Please press the button again.',
  },
  'recovery.pass-lost': {
    retry: 'later',
    says: 'The answer of Entra with the pass got lost. Nobody has seen it, and it was deleted if there was one.',
    next: 'Please press the button again.',
  },
  'recovery.pass-not-made': {
    retry: 'later',
    says: 'No pass was shown to anybody.',
    next: 'Please press the button again.',
  },
  'recovery.stray-pass': {
    retry: 'no',
    says: 'There is a pass for them that was not made in this case, so the case is not closed.',
    next: 'Close it here, which deletes the pass, or ask whoever made it.',
  },
  'recovery.pass-under-way': {
    retry: 'no',
    says: 'A pass is perhaps being made for them at this moment. Nothing was changed.',
    next: 'Press again in a minute: then it is known whether there is one.',
  },
  'recovery.close-note': {
    retry: 'no',
    says: 'Please write how it ended. Nothing was changed.',
    next: 'One sentence is enough; whoever the case is about reads it.',
  },
  'recovery.not-closed': {
    retry: 'later',
    says: 'The case could not be closed, because its pass could not be deleted.',
    next: 'Please press the button again.',
  },
} as const satisfies ErrorTable;
