import { randomBytes } from 'node:crypto';
import type { Person } from '../world/people.js';

export interface CodeGrant {
  readonly person: Person;
  readonly redirectUri: string;
  readonly scope: string;
  readonly acrs: readonly string[];
  readonly nonce: string | undefined;
  readonly challenge: { readonly value: string; readonly method: string } | undefined;
}

export interface CodeBook {
  issue(grant: CodeGrant): string;
  /** Each code is good once and for ten minutes. */
  redeem(code: string): CodeGrant | undefined;
}

const lifetimeMs = 600_000;

export function createCodeBook(realNow: () => number = Date.now): CodeBook {
  const grants = new Map<string, { readonly grant: CodeGrant; readonly until: number }>();
  return {
    issue: (grant) => {
      const code = randomBytes(32).toString('base64url');
      grants.set(code, { grant, until: realNow() + lifetimeMs });
      return code;
    },
    redeem: (code) => {
      const found = grants.get(code);
      // Gone at the first try, good or bad: a code that was seen on the way cannot be used a second time.
      grants.delete(code);
      return found && found.until > realNow() ? found.grant : undefined;
    },
  };
}
