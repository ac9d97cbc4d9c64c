import { type ConfigProblem, createReader, type Env, isLoopbackHost, type Reader } from './config-reader.js';

export type { ConfigProblem, Env } from './config-reader.js';

/** How the bot proves its own identity; the best first. */
export type Credential =
  | { readonly kind: 'certificate'; readonly file: string }
  | { readonly kind: 'federated'; readonly tokenFile: string }
  /** Without a client id: the identity the platform gave to the host itself. */
  | { readonly kind: 'managed-identity'; readonly clientId?: string }
  | { readonly kind: 'secret'; readonly secret: string };

export interface Config {
  readonly production: boolean;
  readonly logLevel: string;
  readonly policyFile: string;
  readonly graphUrl: string;
  /** The Azure Resource Manager. */
  readonly azureUrl: string;
  readonly bot: {
    readonly port: number;
    readonly host: string;
    /** Where people's browsers reach the bot. */
    readonly publicUrl: string;
    readonly channelMetadataUrl: string;
    /** Service hosts beyond those of Teams. */
    readonly serviceHosts: readonly string[];
    /** Where people's files are kept besides the addresses of SharePoint: the practice tenant. */
    readonly driveUrl?: string;
    /** Seals the links behind Sign in buttons; the same for all instances behind one address. */
    readonly linkKey?: string;
    /** Who may read /metrics. */
    readonly metrics: 'loopback' | 'open';
  };
  readonly identity: {
    readonly appId: string;
    readonly tenantId: string;
    readonly appType: 'SingleTenant' | 'UserAssignedMSI';
    readonly credential: Credential;
    readonly signInUrl: string;
    readonly ssoResource: string;
  };
  readonly store:
    | { readonly kind: 'sqlite'; readonly folder: string }
    | { readonly kind: 'postgres'; readonly url: string; readonly folder: string };
}

export type ConfigRead =
  | { readonly kind: 'ok'; readonly config: Config }
  | { readonly kind: 'problems'; readonly problems: readonly ConfigProblem[] };

/** Pure: the environment in, the configuration or everything that is wrong with it out. */
export function readConfig(env: Env): ConfigRead {
  const read = createReader(env);
  const config: Config = {
    production: read.production,
    logLevel: read.oneOf('LATCHKEY_LOG', logLevels, asks.log, 'info'),
    policyFile: read.text('LATCHKEY_POLICY', 'policy.yaml'),
    graphUrl: read.url('LATCHKEY_GRAPH_URL', 'https://graph.microsoft.com', asks.service),
    azureUrl: read.url('LATCHKEY_AZURE_URL', 'https://management.azure.com', asks.service),
    bot: botPart(read),
    identity: identityPart(read),
    store: storePart(read),
  };
  return read.problems.length === 0 ? { kind: 'ok', config } : { kind: 'problems', problems: read.problems };
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const;

/** For the console, one block a problem. */
export function explainProblems(problems: readonly ConfigProblem[]): string {
  const lines = problems.map(
    ({ name, what, why, fix }) => `- ${name} ${what}.\n  Why: ${why}\n  Fix: ${fix}`,
  );
  return ['Latchkey cannot start with this configuration:', ...lines].join('\n');
}

const asks = {
  appId: {
    why: 'Without it nobody could tell a message from Teams from a forged one.',
    fix: 'Set it to the client id of the app registration of this bot.',
  },
  tenantId: {
    why: 'Latchkey works for the people of one tenant only.',
    fix: 'Set it to the id of your Entra tenant.',
  },
  appType: {
    why: 'The SDK takes an unknown type for a multi-tenant bot and then forgets the tenant.',
    fix: 'Set it to SingleTenant, or to UserAssignedMSI for a managed identity.',
  },
  credential: {
    why: 'The bot proves its own identity with it.',
    fix: 'Set it to certificate, federated, managed-identity or (last choice) secret.',
  },
  publicUrl: {
    why: 'The sign-in button leads there.',
    fix: 'Set it to the https address under which browsers reach the bot, such as https://latchkey.contoso.com.',
  },
  log: { why: 'It says how much is logged.', fix: 'Set it to info, or remove it.' },
  linkKey: {
    why: 'Several instances share it, so that each opens the sign-in links of the others.',
    fix: 'Give 32 random characters or more, from a key vault; a single instance needs none.',
  },
  metrics: { why: 'Metrics tell how the bot is used.', fix: 'Set it to loopback or open, or remove it.' },
  serviceHosts: {
    why: "The bot's own token is sent to these hosts.",
    fix: 'Remove it, unless Teams runs in a sovereign cloud; loopback is for practice mode only.',
  },
  msi: {
    why: 'A bot of that type has no secret and no certificate.',
    fix: 'Set LATCHKEY_CREDENTIAL to managed-identity, or MICROSOFT_APP_TYPE to SingleTenant.',
  },
  drive: {
    why: 'Files that people asked for are put there.',
    fix: 'Remove it: the addresses of SharePoint and OneDrive are known. It is for practice mode.',
  },
  service: {
    why: 'Tokens travel there.',
    fix: 'Use an https:// address; http:// is for loopback in practice mode.',
  },
} as const;

function botPart(read: Reader): Config['bot'] {
  return {
    port: read.whole('LATCHKEY_PORT', 3978, 65_535),
    host: read.text('LATCHKEY_HOST', '0.0.0.0'),
    publicUrl: read.url('LATCHKEY_PUBLIC_URL', undefined, asks.publicUrl),
    channelMetadataUrl: read.url(
      'LATCHKEY_CHANNEL_METADATA_URL',
      'https://login.botframework.com/v1/.well-known/openidconfiguration',
      asks.service,
    ),
    serviceHosts: serviceHosts(read),
    ...driveUrl(read),
    ...linkKey(read),
    metrics: read.oneOf('LATCHKEY_METRICS', ['loopback', 'open'], asks.metrics, 'loopback'),
  };
}

function driveUrl(read: Reader): { readonly driveUrl?: string } {
  const name = 'LATCHKEY_DRIVE_URL';
  return read.optional(name) === undefined ? {} : { driveUrl: read.url(name, undefined, asks.drive) };
}

function linkKey(read: Reader): { readonly linkKey?: string } {
  const key = read.optional('LATCHKEY_LINK_KEY');
  if (key === undefined) return {};
  if (key.length < 32) read.complain('LATCHKEY_LINK_KEY', 'is too short to be hard to guess', asks.linkKey);
  return { linkKey: key };
}

function serviceHosts(read: Reader): readonly string[] {
  const name = 'LATCHKEY_SERVICE_HOSTS';
  const listed = read.text(name, '').split(',');
  const hosts = listed.map((host) => host.trim().toLowerCase()).filter((host) => host !== '');
  if (hosts.some((host) => !/^[a-z0-9.-]+$/.test(host))) {
    read.complain(name, 'holds something that is not a host name', asks.serviceHosts);
  }
  if (read.production && hosts.some(isLoopbackHost)) {
    read.complain(name, 'names this machine, in production', asks.serviceHosts);
  }
  return hosts;
}

function identityPart(read: Reader): Config['identity'] {
  const appId = read.guid('MICROSOFT_APP_ID', asks.appId);
  const tenantId = read.guid('MICROSOFT_APP_TENANT_ID', asks.tenantId);
  const appType = read.oneOf('MICROSOFT_APP_TYPE', ['SingleTenant', 'UserAssignedMSI'], asks.appType);
  const credential = credentialPart(read);
  if (appType === 'UserAssignedMSI' && credential.kind !== 'managed-identity') {
    read.complain('LATCHKEY_CREDENTIAL', 'does not fit MICROSOFT_APP_TYPE=UserAssignedMSI', asks.msi);
  }
  return {
    appId,
    tenantId,
    appType,
    credential,
    signInUrl: read.url('LATCHKEY_SIGN_IN_URL', 'https://login.microsoftonline.com', asks.service),
    ssoResource: read.text('LATCHKEY_SSO_RESOURCE', `api://botid-${appId}`),
  };
}

function credentialPart(read: Reader): Credential {
  const kinds = ['certificate', 'federated', 'managed-identity', 'secret'] as const;
  const kind = read.oneOf('LATCHKEY_CREDENTIAL', kinds, asks.credential);
  const given = read.optional('LATCHKEY_CREDENTIAL') === kind;
  const need = (name: string, fix: string): string =>
    given ? read.required(name, { why: `LATCHKEY_CREDENTIAL is ${kind}.`, fix }) : '';
  switch (kind) {
    case 'certificate':
      return {
        kind,
        file: need('LATCHKEY_CERTIFICATE_FILE', 'Give the path of a PEM file with certificate and key.'),
      };
    case 'federated':
      return {
        kind,
        tokenFile: need(
          'LATCHKEY_FEDERATED_TOKEN_FILE',
          'Give the path of the token file of the workload identity.',
        ),
      };
    case 'secret':
      return { kind, secret: need('MICROSOFT_APP_PASSWORD', 'Give the client secret, from a key vault.') };
    case 'managed-identity': {
      const clientId = read.optional('LATCHKEY_MANAGED_IDENTITY_CLIENT_ID');
      return clientId === undefined ? { kind } : { kind, clientId };
    }
  }
}

function storePart(read: Reader): Config['store'] {
  const folder = read.text('LATCHKEY_DATA', './data');
  const url = read.optional('LATCHKEY_DATABASE_URL');
  if (url === undefined) return { kind: 'sqlite', folder };
  if (!/^postgres(ql)?:\/\/\S+$/.test(url)) {
    const why = 'Only PostgreSQL can serve several instances of the bot.';
    const fix = 'Give a postgres:// address, or remove it to use SQLite in LATCHKEY_DATA.';
    read.complain('LATCHKEY_DATABASE_URL', 'is not a postgres:// address', { why, fix });
  }
  return { kind: 'postgres', url, folder };
}
