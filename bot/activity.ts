import { type Activity, ActivityTypes, type TurnContext } from 'botbuilder';
import { z } from 'zod/v4';

const id = z.string().min(1).max(1024);
const account = z.object({
  id,
  name: z.string().max(512).optional(),
  aadObjectId: z.guid().optional(),
});

const language = z
  .string()
  .max(35)
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/);

/**
 * What the house looks at in an activity, and all the SDK gets to see: fields that steer the SDK (deliveryMode,
 * callerId, relatesTo …) end here.
 */
const shape = z.object({
  type: z.string().min(1).max(64),
  id: id.optional(),
  name: z.string().max(128).optional(),
  action: z.string().max(64).optional(),
  channelId: z.string(),
  serviceUrl: z.string(),
  from: account,
  recipient: z.object({ id, name: z.string().max(512).optional() }),
  conversation: z.object({
    id,
    conversationType: z.string().max(64).optional(),
    tenantId: z.string().max(64).optional(),
  }),
  channelData: z.object({ tenant: z.object({ id: z.string().max(64) }).optional() }).nullish(),
  // Only a hint, so what is none is left out and keeps nobody out.
  locale: language.optional().catch(undefined),
  text: z.string().nullish(),
  entities: z.array(z.unknown()).nullish(),
  value: z.unknown().optional(),
  replyToId: id.nullish(),
  membersAdded: z.array(account).nullish(),
});

export type TeamsActivity = Readonly<z.infer<typeof shape>>;

export function parseActivity(body: unknown): TeamsActivity | undefined {
  const parsed = shape.safeParse(body);
  return parsed.success ? parsed.data : undefined;
}

/** Only clicks and messages come from a person who must be known; installs may be announced by a service. */
export function needsPerson(activity: TeamsActivity): boolean {
  return activity.type === ActivityTypes.Message || activity.type === ActivityTypes.Invoke;
}

/** Every tenant the activity names, lower case. */
export function tenantsOf(activity: TeamsActivity): readonly string[] {
  const named = [activity.channelData?.tenant?.id, activity.conversation.tenantId];
  return named.filter((tenant) => tenant !== undefined).map((tenant) => tenant.toLowerCase());
}

/** Such as de-AT; empty: none was named, or nothing that is a language. */
export function languageOf({ locale }: TeamsActivity): string {
  return locale ?? '';
}

export function toSdk(activity: TeamsActivity): Activity {
  return activity as Activity;
}

/** The door parsed this very object before the SDK got it. */
export function activityOf(context: TurnContext): TeamsActivity {
  return context.activity as TeamsActivity;
}
