import { saysOf } from '../errors.js';

/** What stands on a card whose press did not work. */
export function problemOf(code: string): string {
  const { says, next } = saysOf(code);
  return `${says} ${next}`;
}
