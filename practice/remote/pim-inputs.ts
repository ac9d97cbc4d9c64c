import { z } from 'zod/v4';
import { durationMs } from '../world/duration.js';
import { checked } from './inputs.js';

const length = z
  .string()
  .refine((text) => durationMs(text) !== undefined, 'write a duration such as "PT2H"')
  .transform((text) => durationMs(text) ?? 0);

const settings = z.strictObject({
  readLag: length.optional(),
  readyLag: length.optional(),
  provisionLag: length.optional(),
  submitLag: length.optional(),
  auditDelay: length.optional(),
  wrapErrors: z.boolean().nullish(),
  withoutMfa: z.array(z.string()).optional(),
});

const rules = z.strictObject({
  target: z.string(),
  longest: z
    .string()
    .refine((text) => (durationMs(text) ?? 0) > 0, 'write a duration such as "PT2H"')
    .optional(),
  enabled: z.array(z.enum(['Justification', 'Ticketing', 'MultiFactorAuthentication'])).optional(),
  context: z
    .string()
    .regex(/^(c\d{1,2})?$/, 'write "c1" to "c99", or "" for none')
    .optional(),
  approvers: z.array(z.string()).nullish(),
  approverReason: z.boolean().optional(),
});

const eligible = z.strictObject({ person: z.string(), target: z.string(), eligible: z.boolean() });

const act = z.strictObject({
  person: z.string(),
  activity: z.string().min(1),
  on: z.string().optional(),
  type: z.string().optional(),
  ok: z.boolean().default(true),
  at: z.iso.datetime({ offset: true }).optional(),
});

const request = z.strictObject({
  person: z.string(),
  target: z.string(),
  minutes: z.int().min(1).max(1_440),
  reason: z.string(),
  ticket: z
    .string()
    .regex(/^\S.*\s\S+$/, 'write the system and the number: "ServiceNow INC-4711"')
    .optional(),
});

export function pimSettingsInput(body: unknown): z.infer<typeof settings> {
  return checked(settings, body);
}

export function pimRulesInput(body: unknown): z.infer<typeof rules> {
  return checked(rules, body);
}

export function pimEligibleInput(body: unknown): z.infer<typeof eligible> {
  return checked(eligible, body);
}

export function pimActInput(body: unknown): z.infer<typeof act> {
  return checked(act, body);
}

export function pimRequestInput(body: unknown): z.infer<typeof request> {
  return checked(request, body);
}
