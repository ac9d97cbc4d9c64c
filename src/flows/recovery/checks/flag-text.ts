import type { RedFlag } from '../../../policy/policy.js';
import type { Flag } from './flags.js';

const texts: Readonly<Record<RedFlag, string>> = {
  'manager-changed': 'They got another manager',
  'risky-sign-in': 'Entra saw a risk at a sign-in',
  'method-changed': 'A way to sign in is new',
  'new-location': 'They signed in from a country they were not in before',
  repeated: 'This is not the first case',
  'opened-by-other': 'Somebody else opened the case',
};

/** One line for a card; when it happened stands beside it. */
export function flagText({ name, detail }: Flag): string {
  if (name === 'method-changed' && detail === 'password') return 'Their password is new';
  if (name === 'repeated')
    return `${texts[name]}: ${detail === '1' ? 'there was one' : `there were ${detail}`} lately`;
  return detail === '' ? texts[name] : `${texts[name]}: ${detail}`;
}

const unreadTexts: Readonly<Record<RedFlag, string>> = {
  'manager-changed': 'whether their manager is new',
  'risky-sign-in': 'whether a sign-in was risky',
  'method-changed': 'whether a way to sign in is new',
  'new-location': 'where they signed in',
  repeated: 'earlier cases',
  'opened-by-other': 'who opened it',
};

/** What Entra would not tell, as the end of a sentence; empty: it told everything. */
export function unreadText(unread: readonly RedFlag[]): string {
  return unread.map((name) => unreadTexts[name]).join(', ');
}
