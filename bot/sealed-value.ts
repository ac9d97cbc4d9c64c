import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { z } from 'zod/v4';
import { type Clock, minute } from '../src/base/clock.js';

/** Values that leave the house in an address and must come back unread, unchanged, soon, and for the same purpose. */
export interface SealedValues {
  seal(purpose: string, value: object): string;
  open(purpose: string, sealed: string): unknown;
  /** A secret that every instance with the same key can make again from `seed`, and nobody else can. */
  secretFor(purpose: string, seed: string): string;
}

const envelope = z.object({ until: z.number(), value: z.unknown() });
const goodFor = 10 * minute;
const [ivBytes, tagBytes] = [12, 16];
const algorithm = 'aes-256-gcm';

export function createSealedValues({ key, clock }: { key: Uint8Array; clock: Clock }): SealedValues {
  const derive = (info: string, salt = ''): Buffer =>
    Buffer.from(hkdfSync('sha256', key, salt, `latchkey ${info}`, 32));
  const sealing = derive('sealed values');

  function opened(purpose: string, sealed: string): unknown {
    const bytes = Buffer.from(sealed, 'base64url');
    if (bytes.length <= ivBytes + tagBytes) return undefined;
    const decipher = createDecipheriv(algorithm, sealing, bytes.subarray(0, ivBytes), {
      authTagLength: tagBytes,
    });
    decipher.setAAD(Buffer.from(purpose));
    decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
    try {
      const plain = [decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()];
      return JSON.parse(Buffer.concat(plain).toString('utf8'));
    } catch {
      return undefined;
    }
  }

  return {
    seal(purpose, value) {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv(algorithm, sealing, iv, { authTagLength: tagBytes });
      cipher.setAAD(Buffer.from(purpose));
      const until = clock.now().getTime() + goodFor;
      const hidden = [cipher.update(JSON.stringify({ until, value }), 'utf8'), cipher.final()];
      return Buffer.concat([iv, cipher.getAuthTag(), ...hidden]).toString('base64url');
    },
    open(purpose, sealed) {
      const found = envelope.safeParse(opened(purpose, sealed));
      return found.success && found.data.until >= clock.now().getTime() ? found.data.value : undefined;
    },
    secretFor: (purpose, seed) => derive(purpose, seed).toString('base64url'),
  };
}
