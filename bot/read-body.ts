import type { IncomingMessage } from 'node:http';

export type BodyRead =
  | { readonly kind: 'read'; readonly text: string }
  | { readonly kind: 'too-big' }
  | { readonly kind: 'aborted' };

/** A little more than the limit is taken and thrown away, so that an honest sender reads the 413 before the reset. */
const patience = 4;

export async function readBody(req: IncomingMessage, limit: number): Promise<BodyRead> {
  if (Number(req.headers['content-length'] ?? 0) > limit * patience) return { kind: 'too-big' };
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    // Leaving the loop must not destroy the socket: the answer still has to go out on it.
    for await (const chunk of req.iterator({ destroyOnReturn: false })) {
      const bytes = Buffer.from(chunk);
      size += bytes.length;
      if (size <= limit) chunks.push(bytes);
      if (size > limit * patience) break;
    }
  } catch {
    return { kind: 'aborted' };
  }
  return size > limit ? { kind: 'too-big' } : { kind: 'read', text: Buffer.concat(chunks).toString('utf8') };
}
