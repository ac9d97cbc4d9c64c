export interface FetchJsonOptions {
  readonly fetch: typeof fetch;
  readonly signal: AbortSignal;
  readonly maxBytes: number;
}

/** One JSON document of bounded size; a redirect is an error, because it would leave the address we trust. */
export async function fetchJson(url: string, options: FetchJsonOptions): Promise<unknown> {
  const response = await options.fetch(url, {
    signal: options.signal,
    redirect: 'error',
    headers: { accept: 'application/json' },
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw new Error(`HTTP ${response.status} from ${new URL(url).origin}`);
  }
  return JSON.parse(await textUpTo(response, options.maxBytes));
}

async function textUpTo(response: Response, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new Error(`The answer is larger than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
