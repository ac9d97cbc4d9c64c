import { createHash } from 'node:crypto';
import { canonicalJson } from '../base/json.js';
import type { AuditRow } from '../store/schema.js';

/** What the first line names as the one before it. */
export const beginning = '0'.repeat(64);

/** Covers every column and the line before, so that no line can be changed, moved or left out unseen. */
export function hashOf(line: Omit<AuditRow, 'hash'>): string {
  const { seq, at, kind, actor, item, reference, data, previous } = line;
  const text = canonicalJson({ seq, at, kind, actor, item, reference, data, previous });
  return createHash('sha256').update(text).digest('hex');
}
