import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod/v4';
import { type Clock, minute } from '../src/base/clock.js';

/** Values that leave the house in a link and must come back unchanged, soon, and for the same purpose. */
export interface SignedValues {
  seal(purpose: string, value: object): string;
  open(purpose: string, sealed: string): unknown;
}

const envelope = z.object({ purpose: z.string(), until: z.number(), value: z.unknown() });
const goodFor = 10 * minute;

export function createSignedValues({ key, clock }: { key: Uint8Array; clock: Clock }): SignedValues {
  const mac = (payload: string): Buffer => createHmac('sha256', key).update(payload).digest();
  return {
    seal(purpose, value) {
      const until = clock.now().getTime() + goodFor;
      const payload = Buffer.from(JSON.stringify({ purpose, until, value })).toString('base64url');
      return `${payload}.${mac(payload).toString('base64url')}`;
    },
    open(purpose, sealed) {
      const [payload = '', given = ''] = sealed.split('.', 2);
      const wanted = mac(payload);
      const bytes = Buffer.from(given, 'base64url');
      if (bytes.length !== wanted.length || !timingSafeEqual(bytes, wanted)) return undefined;
      const parsed = envelope.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
      if (!parsed.success || parsed.data.purpose !== purpose) return undefined;
      return parsed.data.until >= clock.now().getTime() ? parsed.data.value : undefined;
    },
  };
}
