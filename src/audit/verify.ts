import type { AuditRow } from '../store/schema.js';
import type { Store } from '../store/store.js';
import { beginning, hashOf } from './chain.js';
import { linesOf } from './read.js';

export interface Head {
  readonly seq: number;
  readonly hash: string;
}

export type Verdict =
  | { readonly kind: 'intact'; readonly lines: number; readonly head: Head }
  | { readonly kind: 'broken'; readonly seq: number; readonly why: string };

/**
 * `known` is a head written down elsewhere earlier: without one nobody could tell that the newest lines were cut off,
 * because what is left is a chain too.
 */
export async function verifyRecord(store: Store, known?: Head): Promise<Verdict> {
  let head: Head = { seq: 0, hash: beginning };
  let found = known === undefined || known.seq === 0;
  for await (const line of linesOf(store)) {
    const why = flawOf(line, head);
    if (why !== undefined) return { kind: 'broken', seq: line.seq, why };
    head = { seq: line.seq, hash: line.hash };
    if (known !== undefined && line.seq === known.seq) {
      if (line.hash !== known.hash) {
        return { kind: 'broken', seq: line.seq, why: 'it is not the line that was noted earlier' };
      }
      found = true;
    }
  }
  if (!found) return { kind: 'broken', seq: head.seq + 1, why: 'lines that were noted earlier are missing' };
  return { kind: 'intact', lines: head.seq, head };
}

function flawOf(line: AuditRow, before: Head): string | undefined {
  if (line.seq !== before.seq + 1) return `line ${before.seq + 1} is missing`;
  if (line.previous !== before.hash) return 'it does not follow the line before it';
  if (hashOf(line) !== line.hash) return 'its content was changed';
  return undefined;
}
