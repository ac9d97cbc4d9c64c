/** The libraries attach a token only to this host; the transport rewrites it at the very end. */
export const publicGraph = 'https://graph.microsoft.com';

export function urlOf(path: string, version: string, query: Readonly<Record<string, string>> = {}): string {
  if (path.startsWith(`${publicGraph}/`)) return path;
  return `${publicGraph}/${version}${relativeUrl(path, query)}`;
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

/** A nextLink under either name of our Graph; any other address is not followed. */
export function sameGraph(link: string, graphUrl: string): string | undefined {
  if (link.startsWith(`${publicGraph}/`)) return link;
  return link.startsWith(`${graphUrl}/`) ? `${publicGraph}${link.slice(graphUrl.length)}` : undefined;
}
