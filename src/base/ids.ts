import { randomBytes, randomUUID } from 'node:crypto';

export interface Ids {
  /** A GUID: also what Graph and Entra's log see as client-request-id. */
  guid(): string;
  /** 128 random bits; a card carries nothing else that could be guessed or forged. */
  ref(): string;
}

export const systemIds: Ids = {
  guid: () => randomUUID(),
  ref: () => randomBytes(16).toString('base64url'),
};

/** What a person can read out to the help desk: the first block of the GUID that Graph saw too. */
export function shortReference(guid: string): string {
  return guid.slice(0, 8).toUpperCase();
}
