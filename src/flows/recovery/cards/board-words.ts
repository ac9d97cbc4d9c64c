import type { Attestation, CaseKind } from '../cases.js';
import type { BoardRow } from './board-views.js';

/** Rows of a list cannot look into a table of their template: so these words are here. */
export const whatWords: Readonly<Record<CaseKind, string>> = {
  lost: 'Lost phone or device',
  stolen: 'Stolen device',
  broken: 'Broken device',
  'new-phone': 'New phone',
  'locked-out': 'Cannot sign in',
  'key-lost': 'Lost security key',
  starter: 'First day',
  'not-me': '“That was not me”',
};

export const stepWords: Readonly<Record<BoardRow['state'] | 'incident', string>> = {
  attest: 'Somebody has to vouch',
  incident: 'Security looks into it',
  issue: 'A pass has to be made',
  'sign-in': 'Has to sign in',
  'clean-up': 'Old ways to sign in have to go',
};

export const wayWords: Readonly<Record<Attestation['how'], string>> = {
  'in-person': 'met them in person',
  video: 'saw them in a video call',
  'call-back': 'called them on the number on file',
};
