import type { IncomingMessage } from 'node:http';

export type ReadBody =
  | { readonly kind: 'ok'; readonly value: unknown }
  | { readonly kind: 'bad'; readonly status: number; readonly message: string };

// Larger than anything Teams or Graph would take, small enough that a mistake cannot fill the memory.
const largest = 4 * 1_024 * 1_024;

export async function readBody(raw: IncomingMessage): Promise<ReadBody> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of raw) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > largest) return { kind: 'bad', status: 413, message: 'The request is larger than 4 MB.' };
    chunks.push(bytes);
  }
  if (size === 0) return { kind: 'ok', value: undefined };
  const type = raw.headers['content-type'] ?? '';
  const body = Buffer.concat(chunks);
  return type === 'application/octet-stream'
    ? { kind: 'ok', value: body }
    : parse(body.toString('utf8'), type);
}

function parse(text: string, type: string): ReadBody {
  if (type.startsWith('application/x-www-form-urlencoded')) {
    return { kind: 'ok', value: Object.fromEntries(new URLSearchParams(text)) };
  }
  try {
    return { kind: 'ok', value: JSON.parse(text) };
  } catch {
    return { kind: 'bad', status: 400, message: 'Unable to read JSON request payload.' };
  }
}
