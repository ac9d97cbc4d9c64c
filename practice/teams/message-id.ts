import { randomInt } from 'node:crypto';

/** Teams counts messages in milliseconds; the random tail keeps two of the same millisecond apart. */
export function newMessageId(): string {
  return `${Date.now()}${randomInt(1_000_000).toString().padStart(6, '0')}`;
}
