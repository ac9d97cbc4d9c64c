/** Undefined for what is no address; `URL.parse` does this too, but only from Node 22 on. */
export function urlOf(text: string, base?: string): URL | undefined {
  return URL.canParse(text, base) ? new URL(text, base) : undefined;
}
