/**
 * Our own app token goes to whatever address an activity names, and the SDK trusts every one of them. So the host
 * must be one of Teams' own before anything is done with it.
 */
export type ServiceHosts = (serviceUrl: string) => boolean;

const exact = 'smba.trafficmanager.net';
const endings = [
  '.botframework.com',
  '.teams.microsoft.com',
  '.teams.microsoft.us',
  '.botframework.azure.us',
];
const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

export function createServiceHosts(further: readonly string[]): ServiceHosts {
  const extra = new Set(further.map((host) => host.toLowerCase()));
  return (serviceUrl) => {
    if (!URL.canParse(serviceUrl)) return false;
    const { protocol, hostname, username, password } = new URL(serviceUrl);
    if (username !== '' || password !== '') return false;
    if (loopback.has(hostname)) return extra.has(hostname) && /^https?:$/.test(protocol);
    if (protocol !== 'https:') return false;
    return hostname === exact || extra.has(hostname) || endings.some((ending) => hostname.endsWith(ending));
  };
}
