/**
 * A file leaves for whatever address the answer of a client names, and so does the link that is shown for it. Both must
 * be where a tenant keeps its people's files.
 */
export type FileHosts = (url: string) => boolean;

/** Each tenant has names of its own below these, such as contoso-my.sharepoint.com. */
const endings = ['.sharepoint.com', '.sharepoint.us', '.sharepoint-mil.us', '.sharepoint.cn'];

/** `driveUrl`: one more origin, of the practice tenant. */
export function createFileHosts(driveUrl: string | undefined): FileHosts {
  const practice = driveUrl === undefined ? undefined : new URL(driveUrl).origin;
  return (url) => {
    if (!URL.canParse(url)) return false;
    const { protocol, hostname, origin, port, username, password } = new URL(url);
    if (username !== '' || password !== '') return false;
    if (origin === practice) return true;
    return protocol === 'https:' && port === '' && endings.some((ending) => hostname.endsWith(ending));
  };
}
