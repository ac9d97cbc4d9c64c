import { z } from 'zod/v4';
import { day, hour, minute } from '../base/clock.js';

/** What several places of the policy file have in common. */

const millis = { m: minute, h: hour, d: day } as const;
const spanHint = 'write a time span such as 30m, 4h or 2d';

export const timeSpan = z
  .string(spanHint)
  .regex(/^[1-9]\d{0,3}[mhd]$/, spanHint)
  .transform(
    (text) => Number.parseInt(text, 10) * millis[text.endsWith('m') ? 'm' : text.endsWith('h') ? 'h' : 'd'],
  );

export const yesNo = z.boolean('write true or false');

export function oneOf<const T extends readonly [string, ...string[]]>(...allowed: T) {
  return z.enum(allowed, `write one of: ${allowed.join(', ')}`);
}

const objectId = z.guid('is not an object id (a GUID)');

/** Ids may be written in capitals; we compare them in small letters. */
export const objectIds = z
  .array(objectId)
  .transform((ids) => ids.map((id) => id.toLowerCase()))
  .refine((ids) => new Set(ids).size === ids.length, 'names the same id twice');

/** What belongs to each object of Entra; no lines at all are fine. */
export function byObjectId<Value>(value: z.ZodType<Value>) {
  return z
    .record(objectId, value)
    .refine(hasNoTwins, 'names the same id twice, once in capitals')
    .transform(
      (entries): Record<string, Value> =>
        Object.fromEntries(Object.entries(entries).map(([id, each]) => [id.toLowerCase(), each])),
    )
    .nullish()
    .transform((entries) => entries ?? {});
}

/** Of time spans one after the other. */
export function isGrowing(spans: readonly number[]): boolean {
  return spans.every((each, index) => each >= (spans[index - 1] ?? 0));
}

function hasNoTwins(entries: object): boolean {
  const ids = Object.keys(entries);
  return new Set(ids.map((id) => id.toLowerCase())).size === ids.length;
}
