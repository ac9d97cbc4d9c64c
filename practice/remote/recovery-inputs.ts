import { z } from 'zod/v4';
import { durationMs } from '../world/duration.js';
import { preferences } from '../world/recovery/methods.js';
import { passRange } from '../world/recovery/pass.js';
import { checked } from './inputs.js';

const length = z
  .string()
  .refine((text) => durationMs(text) !== undefined, 'write a duration such as "PT2H"')
  .transform((text) => durationMs(text) ?? 0);
const at = z.iso.datetime({ offset: true }).optional();
const ip = z.string().min(1).optional();
const person = z.string();
const by = z.string().optional();
const minutes = z.int().min(passRange.least).max(passRange.longest);
const name = z.string().min(1);
const guid = z.guid();

const settings = z.strictObject({
  reportDelay: length.optional(),
  signInDelay: length.optional(),
  page: z.int().min(1).max(1_000).optional(),
  methodsLimited: z.boolean().optional(),
  archived: z.int().min(0).max(10_000).optional(),
});

const policy = z.strictObject({
  enabled: z.boolean().optional(),
  defaultMinutes: minutes.optional(),
  leastMinutes: minutes.optional(),
  longestMinutes: minutes.optional(),
  length: z.int().min(8).max(48).optional(),
  oneTimeOnly: z.boolean().optional(),
  includes: z.array(z.string()).optional(),
  excludes: z.array(z.string()).optional(),
});

/** What somebody registers; a passkey unless told. */
const newMethod = z.preprocess(
  (value) => (typeof value === 'object' && value !== null ? { kind: 'fido2', ...value } : value),
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('fido2'),
      name,
      aaguid: guid,
      type: z.enum(['deviceBound', 'synced']).default('deviceBound'),
      model: z.string().optional(),
    }),
    z.strictObject({ kind: z.literal('authenticator'), name, appVersion: z.string().default('6.2510.7000') }),
    z.strictObject({ kind: z.literal('hello'), name }),
    z.strictObject({ kind: z.literal('softwareOath') }),
    z.strictObject({
      kind: z.literal('phone'),
      number: z.string().regex(/^\+\d{1,3} \d{4,14}$/, 'write a number such as "+351 915550105"'),
      phoneType: z.enum(['mobile', 'alternateMobile', 'office']).default('mobile'),
    }),
    z.strictObject({ kind: z.literal('email'), address: z.email() }),
    z.strictObject({
      kind: z.literal('platform'),
      name,
      platform: z.enum(['macOS', 'windows', 'linux', 'iOS', 'android']).default('macOS'),
    }),
    z.strictObject({ kind: z.literal('external'), name }),
    z.strictObject({ kind: z.literal('qr') }),
  ]),
);
export type NewMethod = z.infer<typeof newMethod>;

const registered = z.strictObject({ person, by, method: newMethod, at, ip });
const deleted = z.strictObject({ person, by, id: z.string(), ip });
const chosen = z.strictObject({ person, by, method: z.enum(preferences), ip });
const manager = z.strictObject({
  person,
  manager: z.string().nullable(),
  by: z.string().default('security'),
  at,
  row: z.enum(['Set user manager', 'Update user']).default('Set user manager'),
});
const signIns = z.strictObject({
  person,
  at,
  app: z.string().default('Microsoft Teams'),
  ip,
  city: z.string().optional(),
  country: z.string().length(2).optional(),
  ok: z.boolean().default(true),
  risk: z.enum(['none', 'low', 'medium', 'high', 'hidden']).default('none'),
  riskState: z
    .enum(['none', 'atRisk', 'confirmedSafe', 'remediated', 'dismissed', 'confirmedCompromised'])
    .optional(),
});
const signIn = z.strictObject({
  person,
  code: z.string(),
  register: newMethod.optional(),
  ip,
  city: z.string().optional(),
  country: z.string().length(2).optional(),
});
const pass = z.strictObject({
  person,
  by: z.string(),
  minutes: z.int().optional(),
  once: z.boolean().optional(),
  startsAt: at,
});
const passGone = z.strictObject({ person, by: z.string() });
const role = z.strictObject({ person, role: z.string(), held: z.boolean(), for: length.optional() });
const hireDate = z.strictObject({ person, on: z.iso.datetime({ offset: true }) });

export const recoveryInputs = {
  settings: reads(settings),
  policy: reads(policy),
  registered: reads(registered),
  deleted: reads(deleted),
  chosen: reads(chosen),
  manager: reads(manager),
  signIns: reads(signIns),
  signIn: reads(signIn),
  pass: reads(pass),
  passGone: reads(passGone),
  role: reads(role),
  hireDate: reads(hireDate),
};

function reads<T>(schema: z.ZodType<T>): (body: unknown) => T {
  return (body) => checked(schema, body);
}
