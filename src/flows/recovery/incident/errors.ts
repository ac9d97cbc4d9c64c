import type { ErrorTable } from '../../../base/errors.js';

/** “That was not me”, and the report: part of the table in ../errors.ts. */
export const incidentErrors = {
  'recovery.denied-already': {
    retry: 'no',
    says: 'You have said that this was not you, and others look into it. Nothing was changed.',
    next: 'If you were mistaken, tell whoever calls you.',
  },
  'recovery.own-change': {
    retry: 'no',
    says: 'You made one of these changes yourself, so somebody else has to look at them. Nothing was changed.',
    next: 'The others who look after security have been told.',
  },
  'recovery.not-security': {
    retry: 'no',
    says: 'This is for whoever looks after security or may make passes. Nothing was changed.',
    next: 'Those who do have been told.',
  },
  'recovery.handled-note': {
    retry: 'no',
    says: 'It needs a few words on what you found out. Nothing was changed.',
    next: 'Write them, and press again.',
  },
  'recovery.no-pass-there': {
    retry: 'no',
    says: 'There is no pass with which anybody could sign in as them. Nothing was changed.',
    next: 'Sign them out, and remove what was added.',
  },
  'recovery.passes-not-deleted': {
    retry: 'later',
    says: 'There is still a pass with which somebody can sign in as them.',
    next: 'Please press the button again.',
  },
  'recovery.pass-left': {
    retry: 'no',
    says: 'There is still a pass with which somebody can sign in as them, so this is not over. Nothing was changed.',
    next: 'Delete the passes first. That takes a role that may make passes.',
  },
  'recovery.not-handled': {
    retry: 'no',
    says: 'Somebody else may be in this account, and nobody has said yet what was behind it. Nothing was changed.',
    next: 'Security looks into it. Once that is done, a new case can be opened.',
  },
  'recovery.denied-stays': {
    retry: 'no',
    says: 'Somebody else may be in this account, so this cannot be taken back. Nothing was changed.',
    next: 'Those who look after security have been told, and end it.',
  },
  'recovery.report-closed': {
    retry: 'no',
    says: 'This report is for those who look after how everybody signs in.',
    next: 'It takes a role of Entra such as Authentication Administrator, Global Reader or Reports Reader.',
  },
} as const satisfies ErrorTable;
