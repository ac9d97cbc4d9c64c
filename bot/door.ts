import { needsPerson, parseActivity, type TeamsActivity, tenantsOf } from './activity.js';
import type { ChannelAuth } from './channel-auth.js';
import type { ServiceHosts } from './service-url.js';

export type Entry = { readonly kind: 'let-in'; readonly activity: TeamsActivity } | Refused;

export interface Refused {
  readonly kind: 'refused';
  readonly status: number;
  /** For the log and the counter; the caller never sees it. */
  readonly reason: string;
  /** More words for the log only, because they are too many for a counter. */
  readonly detail?: string;
}

export interface Knock {
  readonly authorization: string | undefined;
  readonly body: string;
}

export type Door = (knock: Knock) => Promise<Entry>;

export interface DoorOptions {
  readonly tenantId: string;
  readonly hosts: ServiceHosts;
  readonly channelAuth: ChannelAuth;
}

/** The cheap questions first; a signature is only checked for what could be ours. The SDK sees nothing before. */
export function createDoor({ tenantId, hosts, channelAuth }: DoorOptions): Door {
  const home = tenantId.toLowerCase();
  return async ({ authorization, body }) => {
    const activity = parseActivity(parseJson(body));
    if (activity === undefined) return refused(400, 'shape');
    if (activity.channelId !== 'msteams') return refused(403, 'channel');
    if (activity.serviceUrl === '') return refused(403, 'no-service-url');
    if (!hosts(activity.serviceUrl)) return refused(403, 'service-host');
    const tenants = tenantsOf(activity);
    if (tenants.length === 0) return refused(403, 'no-tenant');
    if (tenants.some((tenant) => tenant !== home)) return refused(403, 'other-tenant');
    if (needsPerson(activity) && activity.from.aadObjectId === undefined) return refused(403, 'no-person');
    const verdict = await channelAuth.verify(authorization, activity.serviceUrl);
    if (verdict.kind === 'unavailable') return refused(503, 'no-keys', verdict.reason);
    if (verdict.kind === 'refused') return refused(401, 'token', verdict.reason);
    return { kind: 'let-in', activity };
  };
}

export function refused(status: number, reason: string, detail?: string): Refused {
  return { kind: 'refused', status, reason, ...(detail === undefined ? {} : { detail }) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
