import type { Config } from '../../src/base/config.js';
import { isLoopbackHost } from '../../src/base/config-reader.js';
import { error, type Finding, ok, warning } from './finding.js';

const clouds = {
  graphUrl: [
    'graph.microsoft.com',
    'graph.microsoft.us',
    'dod-graph.microsoft.us',
    'microsoftgraph.chinacloudapi.cn',
  ],
  azureUrl: ['management.azure.com', 'management.usgovcloudapi.net', 'management.chinacloudapi.cn'],
  signInUrl: ['login.microsoftonline.com', 'login.microsoftonline.us', 'login.partner.microsoftonline.cn'],
  channelMetadataUrl: [
    'login.botframework.com',
    'login.botframework.azure.us',
    'login.botframework.azure.cn',
  ],
} as const;

/** Every host that gets a token, or whose keys are believed, must be Microsoft's; a practice tenant is on this machine. */
export function checkServiceHosts(config: Config, practice: boolean): readonly Finding[] {
  const addresses = [
    address('LATCHKEY_GRAPH_URL', config.graphUrl, clouds.graphUrl, practice),
    address('LATCHKEY_AZURE_URL', config.azureUrl, clouds.azureUrl, practice),
    address('LATCHKEY_SIGN_IN_URL', config.identity.signInUrl, clouds.signInUrl, practice),
    address(
      'LATCHKEY_CHANNEL_METADATA_URL',
      config.bot.channelMetadataUrl,
      clouds.channelMetadataUrl,
      practice,
    ),
  ].flat();
  const hosts = config.bot.serviceHosts.flatMap((host) => serviceHost(host, practice));
  const found = [...addresses, ...hosts, ...drive(config.bot.driveUrl, practice)];
  return found.length > 0 ? found : [ok('service.hosts', 'Tokens go to known hosts only.')];
}

function address(
  setting: string,
  url: string,
  known: readonly string[],
  practice: boolean,
): readonly Finding[] {
  const { hostname } = new URL(url);
  if (known.includes(hostname) || (practice && isLoopbackHost(hostname))) return [];
  return [
    error('service.hosts', {
      what: `${setting} points at ${hostname}.`,
      why: 'That is not a Microsoft cloud, and it would be trusted like one.',
      fix: `Remove ${setting}, or set it to the address of your sovereign cloud.`,
    }),
  ];
}

function drive(url: string | undefined, practice: boolean): readonly Finding[] {
  return url === undefined ? [] : address('LATCHKEY_DRIVE_URL', url, [], practice);
}

function serviceHost(host: string, practice: boolean): readonly Finding[] {
  const setting = 'LATCHKEY_SERVICE_HOSTS';
  const loopback = isLoopbackHost(host.replace(/:\d+$/, ''));
  if (loopback && practice) return [];
  const what = `${setting} names ${host}.`;
  const why = 'The bot sends its own Teams token to every host in that list.';
  // Anybody can rent a name under trafficmanager.net; Microsoft's own is on the built-in list.
  if (loopback || host.endsWith('trafficmanager.net')) {
    return [error('service.hosts', { what, why, fix: `Remove ${host} from ${setting}.` })];
  }
  return [
    warning('service.hosts', {
      what,
      why,
      fix: 'Keep it only if Teams in your sovereign cloud calls from there.',
    }),
  ];
}
