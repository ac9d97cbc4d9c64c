import { z } from 'zod/v4';
import { text } from '../fields.js';
import type { Eligibility, Holding } from './activating.js';

/** Whoever can hold a role. */
export interface Principal {
  readonly id: string;
  /** Empty where Entra does not say. */
  readonly name: string;
  readonly kind: 'person' | 'group' | 'service' | 'other';
}

/** Somebody who may activate something. */
export interface EligibleHolder extends Eligibility {
  readonly principalId: string;
  readonly principal: Principal;
}

/** Somebody, or something, that has it without asking. */
export interface StandingHolder extends Holding {
  readonly principal: Principal;
}

/** The same as it was planned, with the request that it came from. */
export interface ScheduledHolder extends StandingHolder {
  readonly requestId: string;
}

const kinds: Readonly<Record<string, Principal['kind']>> = {
  user: 'person',
  group: 'group',
  serviceprincipal: 'service',
};

const unknown = { name: '', kind: 'other' } as const;

/** An expanded principal; its id is known from what it was expanded from. */
export const principalShape = z
  .object({ '@odata.type': text, displayName: text, userPrincipalName: text })
  .transform((found): Omit<Principal, 'id'> => {
    const type = found['@odata.type'].replace(/^#?microsoft\.graph\./i, '').toLowerCase();
    return { name: found.displayName || found.userPrincipalName, kind: kinds[type] ?? 'other' };
  })
  .catch(unknown);
