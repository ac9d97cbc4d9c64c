import type { TemporaryAccessPassAuthenticationMethod } from '@microsoft/microsoft-graph-types';
import { z } from 'zod/v4';
import { flag, type Shape, text } from '../fields.js';
import { parseAs } from '../parse.js';

/** A Temporary Access Pass without its code, which has no place in anything that is kept, shown twice or logged. */
export interface Pass {
  readonly id: string;
  readonly createdAt: string;
  readonly startsAt: string;
  readonly minutes: number;
  /** Good for one sign-in. */
  readonly once: boolean;
  readonly usable: boolean;
  /** Entra's word for it: EnabledByPolicy, DisabledByPolicy, Expired, NotYetValid or OneTimeUsed. */
  readonly why: string;
}

const passShape = z
  .object({
    id: z.string().min(1),
    createdDateTime: text,
    startDateTime: text,
    lifetimeInMinutes: z.int().catch(0),
    isUsableOnce: flag,
    isUsable: flag,
    methodUsabilityReason: text,
  } satisfies Shape<TemporaryAccessPassAuthenticationMethod>)
  .transform(
    (found): Pass => ({
      id: found.id,
      createdAt: found.createdDateTime,
      // Entra leaves it out where a pass is good at once.
      startsAt: found.startDateTime || found.createdDateTime,
      minutes: found.lifetimeInMinutes,
      once: found.isUsableOnce,
      usable: found.isUsable,
      why: found.methodUsabilityReason,
    }),
  );

export const asPass = parseAs(passShape, 'Temporary Access Pass');
