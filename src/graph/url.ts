/** Microsoft Graph, and the Azure Resource Manager, where roles of Azure are kept. */
export type Service = 'graph' | 'azure';

/** The libraries attach a token only to these hosts; the transport rewrites them at the very end. */
export const publicHosts = {
  graph: 'https://graph.microsoft.com',
  azure: 'https://management.azure.com',
} as const satisfies Hosts;

/** Where each of them is found, without a slash at the end. */
export type Hosts = Readonly<Record<Service, string>>;

/** Which of them a path or a scope belongs to; what names no host is Graph's. */
export function serviceOf(pathOrScope: string): Service {
  return pathOrScope.startsWith(`${publicHosts.azure}/`) ? 'azure' : 'graph';
}

export function urlOf(path: string, version: string, query: Readonly<Record<string, string>> = {}): string {
  if (serviceOf(path) === 'azure') {
    return `${publicHosts.azure}${relativeUrl(path.slice(publicHosts.azure.length), query)}`;
  }
  if (path.startsWith(`${publicHosts.graph}/`)) return path;
  return `${publicHosts.graph}/${version}${relativeUrl(path, query)}`;
}

export function relativeUrl(path: string, query: Readonly<Record<string, string>> = {}): string {
  const [name = ''] = path.split('?');
  // An id of dots would be normalised away and the call would reach another object.
  if (!name.startsWith('/') || name.split('/').some((part) => part === '.' || part === '..')) {
    throw new TypeError('A Graph path starts with a slash and has no dot segments');
  }
  const pairs = Object.entries(query).map(([key, value]) => `${key}=${encoded(value)}`);
  return pairs.length === 0 ? path : `${path}${path.includes('?') ? '&' : '?'}${pairs.join('&')}`;
}

/** What OData needs most stays readable in request logs. */
function encoded(value: string): string {
  return encodeURIComponent(value)
    .replaceAll('%24', '$')
    .replaceAll('%2C', ',')
    .replaceAll('%2F', '/')
    .replaceAll('%3D', '=');
}

/** For ids in paths: whatever it holds stays one segment. */
export function segment(id: string): string {
  return encodeURIComponent(id);
}

/** A public address as it is really called. */
export function hostedAt(hosts: Hosts, url: string): string {
  const service = serviceOf(url);
  return `${hosts[service]}${url.slice(publicHosts[service].length)}`;
}

/** A nextLink under either name of the same service; any other address is not followed. */
export function sameService(hosts: Hosts, service: Service, link: string): string | undefined {
  const [known, real] = [publicHosts[service], hosts[service]];
  if (link.startsWith(`${known}/`)) return link;
  return link.startsWith(`${real}/`) ? `${known}${link.slice(real.length)}` : undefined;
}
