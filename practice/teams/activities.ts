import { randomUUID } from 'node:crypto';
import type { Person } from '../world/people.js';
import { botAddress, botName, chatAddress, personAddress } from './addresses.js';
import type { ExecuteAction } from './card-actions.js';
import type { JsonRecord } from './json.js';

export type Trigger = 'manual' | 'automatic';

export interface Envelope {
  readonly person: Person;
  readonly serviceUrl: string;
  readonly at: Date;
}

export interface Authentication {
  readonly id: string;
  readonly connectionName: string;
  readonly token: string;
}

const locale = 'en-US';
const clientInfo = { type: 'clientInfo', locale, country: 'US', platform: 'Web' };
// Everybody of the practice tenant sits where this computer sits.
const timezone = Intl.DateTimeFormat().resolvedOptions().timeZone;

export function messageActivity(envelope: Envelope, id: string, text: string): JsonRecord {
  return {
    ...base(envelope, id),
    type: 'message',
    from: sender(envelope.person),
    text,
    textFormat: 'plain',
    // Teams sends every chat message a second time as HTML; a bot must not take it for a file.
    attachments: [{ contentType: 'text/html', content: `<p>${escapeHtml(text)}</p>` }],
    entities: [{ ...clientInfo, timezone }],
  };
}

export function installationActivity(envelope: Envelope): JsonRecord {
  return {
    ...base(envelope, `f:${randomUUID()}`),
    type: 'installationUpdate',
    action: 'add',
    ...nameless(envelope),
  };
}

export function membersAddedActivity(envelope: Envelope): JsonRecord {
  const { id, aadObjectId } = sender(envelope.person);
  return {
    ...base(envelope, `f:${randomUUID()}`),
    type: 'conversationUpdate',
    membersAdded: [{ id, aadObjectId }, { id: botAddress }],
    ...nameless(envelope),
  };
}

export function invokeActivity(
  envelope: Envelope,
  press: { readonly messageId: string; readonly action: ExecuteAction; readonly trigger: Trigger },
): JsonRecord {
  return {
    ...base(envelope, `f:${randomUUID()}`),
    type: 'invoke',
    name: 'adaptiveCard/action',
    from: sender(envelope.person),
    replyToId: press.messageId,
    entities: [{ ...clientInfo, timezone }],
    channelData: {
      tenant: { id: envelope.person.tenantId },
      source: { name: 'message' },
      legacy: { replyToId: press.messageId },
    },
    value: { action: { type: 'Action.Execute', ...press.action }, trigger: press.trigger },
  };
}

/** Somebody allowed or declined the file that a message offers. */
export function fileConsentActivity(envelope: Envelope, messageId: string, value: JsonRecord): JsonRecord {
  return {
    ...base(envelope, `f:${randomUUID()}`),
    type: 'invoke',
    name: 'fileConsent/invoke',
    from: sender(envelope.person),
    replyToId: messageId,
    entities: [{ ...clientInfo, timezone }],
    value,
  };
}

/** Teams repeats the very same invoke after a sign-in: same id, same action, only the proof is new. */
/** What may come with a press: a token of Teams' own, or what the sign-in window handed over. */
export interface Brought {
  readonly authentication?: Authentication;
  readonly state?: string;
}

export function withProof(invoke: JsonRecord, proof: Brought): JsonRecord {
  const value = invoke.value;
  return { ...invoke, value: { ...(typeof value === 'object' ? value : {}), ...proof } };
}

function base({ person, serviceUrl, at }: Envelope, id: string): JsonRecord {
  return {
    id,
    timestamp: at.toISOString(),
    localTimestamp: localIso(at),
    localTimezone: timezone,
    locale,
    channelId: 'msteams',
    serviceUrl,
    recipient: { id: botAddress, name: botName },
    conversation: { id: chatAddress(person), conversationType: 'personal', tenantId: person.tenantId },
    channelData: { tenant: { id: person.tenantId } },
  };
}

function sender(person: Person) {
  return { id: personAddress(person), name: person.displayName, aadObjectId: person.id };
}

/** Install events carry no display name in Teams. */
function nameless({ person }: Envelope) {
  return { from: { id: personAddress(person), aadObjectId: person.id } };
}

/** 2026-01-31T10:00:00.000+01:00, the way Teams writes the sender's own time. */
function localIso(at: Date): string {
  const minutes = -at.getTimezoneOffset();
  const sign = minutes < 0 ? '-' : '+';
  const two = (n: number) => String(Math.floor(Math.abs(n))).padStart(2, '0');
  const shifted = new Date(at.getTime() + minutes * 60_000).toISOString().slice(0, -1);
  return `${shifted}${sign}${two(minutes / 60)}:${two(minutes % 60)}`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
