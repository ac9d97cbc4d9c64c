import { z } from 'zod/v4';
import type { Fault } from '../http/faults.js';
import { durationMs } from '../world/duration.js';
import { refuse } from '../world/refusal.js';

const advance = z
  .string()
  .refine(
    (text) => durationMs(text) !== undefined,
    'write a duration in days, hours, minutes and seconds, such as "PT2H"',
  );

const clock = z.strictObject({ advance });

const readablePattern = (text: string): boolean => {
  if (!text.startsWith('^')) return true;
  try {
    return Boolean(new RegExp(text));
  } catch {
    return false;
  }
};

const fault = z.strictObject({
  match: z.strictObject({
    service: z.enum(['graph', 'azure', 'sts', 'connector', 'drive']),
    method: z.string().optional(),
    path: z.string().refine(readablePattern, 'is not a regular expression that can be read').optional(),
  }),
  do: z
    .strictObject({
      status: z.int().min(200).max(599).optional(),
      body: z.unknown(),
      retryAfter: z.int().min(0).optional(),
      delayMs: z.int().min(0).max(600_000).optional(),
      drop: z.boolean().optional(),
      afterEffect: z.boolean().optional(),
    })
    .refine((effect) => effect.status || effect.delayMs || effect.drop, 'needs a status, a delayMs or drop'),
  times: z.int().min(1).default(1),
});

const scopes = z.array(z.string().min(1));
const change = z.strictObject({ grant: scopes.optional(), withdraw: scopes.optional() });
const consent = z.strictObject({ delegated: change.optional(), application: change.optional() });
const stepUp = z.strictObject({ require: z.string().min(1).nullable(), scopes: scopes.optional() });
const reviewsToStart = z
  .strictObject({
    reviews: z.union([z.literal('all'), z.array(z.string()).min(1)]).optional(),
    size: z.union([z.literal(1_000), z.literal(10_000)]).optional(),
  })
  .refine(({ reviews, size }) => reviews !== undefined || size !== undefined, 'needs reviews or a size');
const reviewSettings = z.strictObject({ reviewersMayReset: z.boolean() });
const account = z.strictObject({ enabled: z.boolean() });
const pageSize = z.int().min(1).max(1_000).optional();
const pages = z.strictObject({ audits: pageSize, azure: pageSize });

export function clockInput(body: unknown): z.infer<typeof clock> {
  return checked(clock, body);
}

export function faultInput(body: unknown): Omit<Fault, 'id'> {
  return checked(fault, body);
}

export function consentInput(body: unknown): z.infer<typeof consent> {
  return checked(consent, body);
}

export function personalConsentInput(body: unknown): z.infer<typeof change> {
  return checked(change, body);
}

export function stepUpInput(body: unknown): z.infer<typeof stepUp> {
  return checked(stepUp, body);
}

export function accountInput(body: unknown): z.infer<typeof account> {
  return checked(account, body);
}

export function pagesInput(body: unknown): z.infer<typeof pages> {
  return checked(pages, body);
}

export function reviewsToStartInput(body: unknown): z.infer<typeof reviewsToStart> {
  return checked(reviewsToStart, body);
}

export function reviewSettingsInput(body: unknown): z.infer<typeof reviewSettings> {
  return checked(reviewSettings, body);
}

export function checked<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  const where = first?.path.join('.') || 'The request';
  return refuse(400, 'BadRequest', `${where}: ${first?.message ?? 'cannot be read'}.`);
}
