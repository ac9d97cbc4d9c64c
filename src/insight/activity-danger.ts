import type { AuditRow } from '../graph/directory-audits.js';
import { activityKey } from './activity-words.js';

/** The most dangerous first. */
export const dangers = ['high', 'some', 'plain'] as const;

/** `high`: it can give lasting power, or take away a protection. `some`: worth a look before ordinary work. */
export type Danger = (typeof dangers)[number];

/** What the log calls an activity, and what it can do. The first that fits counts. */
const table: readonly (readonly [Danger, RegExp])[] = [
  // Only looked at, or it came to nothing.
  ['plain', /^(get|download|retrieve|evaluate) |^user (reviewed|started|canceled) /],
  ['some', /\b(denied|cancell?ed)\b|^cancel /],
  // What applications may do, with which secret, and who may give them another one.
  [
    'high',
    /\bapp role assignment (to|from) service principal|consent|permission ?grant|application permissions/,
  ],
  ['some', /\bapp role\b|\baccess package\b/],
  ['high', /credential|secret|certificat|\bkey\b|\bowner (to|from) (application|service principal|policy)/],
  // Roles, and who is eligible for them.
  ['high', /role|eligible|\bpim\b/],
  // What everybody has to prove before they come in.
  ['high', /polic(y|ies)|conditional access|named location|authentication ?(context|strength|method)/],
  ['high', /security defaults|continuous access|cross-tenant|bypass|feature rollout/],
  // Who else may sign people in.
  ['high', /domain|federat|dirsync|partner|identity provider|desktop sso|passthrough|multitenantorg/],
  // Somebody else's way in.
  ['high', /password|security info|passkey|strong authentication|sign-in|oath|fido|temporary access pass/],
  ['some', /delete|^remove |unregister/],
  ['some', /\b(members?|owner) (to|from) .*(group|administrative unit)|group members/],
];

/** Pure: by the names of the log alone, except for the groups that are known to be `guarded`. */
export function dangerOf(
  { activity, ok, targets }: Pick<AuditRow, 'activity' | 'ok' | 'targets'>,
  isGuarded: (groupId: string) => boolean,
): Danger {
  const key = activityKey(activity);
  const found = table.find(([, says]) => says.test(key))?.[0] ?? 'plain';
  const guarded = targets.some(({ type, id }) => type.toLowerCase() === 'group' && isGuarded(id));
  if (guarded && found === 'some') return 'high';
  // What was refused was wanted.
  return found === 'plain' && !ok ? 'some' : found;
}
