import path from 'node:path';
import { appId, appSecret, tenantId } from '../practice/world/people.js';
import { projectRoot } from '../src/base/project-root.js';

export interface PracticePlaces {
  readonly practiceUrl: string;
  readonly botPort: number;
  readonly data: string;
}

/** The bot's ordinary settings, pointed at the practice tenant: there is no other difference to production. */
export function practiceEnvironment({ practiceUrl, botPort, data }: PracticePlaces): Record<string, string> {
  return {
    MICROSOFT_APP_ID: appId,
    MICROSOFT_APP_TENANT_ID: tenantId,
    MICROSOFT_APP_TYPE: 'SingleTenant',
    MICROSOFT_APP_PASSWORD: appSecret,
    LATCHKEY_CREDENTIAL: 'secret',
    LATCHKEY_HOST: '127.0.0.1',
    LATCHKEY_PORT: String(botPort),
    LATCHKEY_PUBLIC_URL: `http://127.0.0.1:${botPort}`,
    LATCHKEY_DATA: data,
    LATCHKEY_POLICY: process.env.LATCHKEY_POLICY ?? path.join(projectRoot(), 'policy.yaml'),
    LATCHKEY_LOG: process.env.LATCHKEY_LOG ?? 'warn',
    LATCHKEY_GRAPH_URL: process.env.LATCHKEY_GRAPH_URL ?? `${practiceUrl}/graph`,
    LATCHKEY_AZURE_URL: process.env.LATCHKEY_AZURE_URL ?? `${practiceUrl}/arm`,
    LATCHKEY_SIGN_IN_URL: process.env.LATCHKEY_SIGN_IN_URL ?? `${practiceUrl}/sts`,
    LATCHKEY_CHANNEL_METADATA_URL:
      process.env.LATCHKEY_CHANNEL_METADATA_URL ??
      `${practiceUrl}/connector/v1/.well-known/openidconfiguration`,
    LATCHKEY_SERVICE_HOSTS: new URL(practiceUrl).hostname,
    LATCHKEY_DRIVE_URL: practiceUrl,
  };
}
