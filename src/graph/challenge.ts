/** Claims challenges: what the next token has to prove, as JSON text for the sign-in service. */

/** `WWW-Authenticate: Bearer … error="insufficient_claims", claims="<base64>"`. */
export function claimsInHeader(header: string | null | undefined): string | undefined {
  const encoded = /\bclaims="([^"]+)"/i.exec(header ?? '')?.[1];
  return encoded === undefined ? undefined : claimsJson(Buffer.from(encoded, 'base64').toString('utf8'));
}

/** Role activation demands a stronger sign-in with a 400 whose message is `&claims=<URL-encoded JSON>`. */
export function claimsInMessage(message: string): string | undefined {
  const encoded = /^&claims=([^&]+)/.exec(message.trim())?.[1];
  if (encoded === undefined) return undefined;
  try {
    return claimsJson(decodeURIComponent(encoded));
  } catch {
    return undefined;
  }
}

function claimsJson(text: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return parsed !== null && typeof parsed === 'object' && !Array.isArray(parsed) ? text : undefined;
  } catch {
    return undefined;
  }
}
