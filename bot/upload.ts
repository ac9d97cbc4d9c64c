import { second } from '../src/base/clock.js';
import type { Log } from '../src/base/log.js';
import { because, nameOf } from '../src/identity/because.js';
import { botError } from './errors.js';

/**
 * Whoever has the address may write there without proving who they are. So it is in no line, error or row, and no token
 * goes along.
 */
export type Upload = (uploadUrl: string, content: Uint8Array) => Promise<void>;

export interface UploadOptions {
  readonly fetch: typeof fetch;
  readonly log: Log;
  readonly deadlineMs?: number;
}

/** In one piece, and once: a second try would need another address. */
export function createUpload({ fetch, log, deadlineMs = 30 * second }: UploadOptions): Upload {
  return async (uploadUrl, content) => {
    const ended = await put(fetch, uploadUrl, content, deadlineMs);
    if (ended === 'taken') return;
    log.warn({ why: ended }, 'a file was not saved');
    throw botError('bot.file-not-saved', because(ended));
  };
}

async function put(
  send: typeof fetch,
  uploadUrl: string,
  content: Uint8Array,
  deadlineMs: number,
): Promise<string> {
  try {
    const { status, body } = await send(uploadUrl, {
      method: 'PUT',
      // Where it may go was judged by the address; a redirect would choose another.
      redirect: 'manual',
      headers: {
        'content-type': 'application/octet-stream',
        'content-length': String(content.length),
        'content-range': `bytes 0-${content.length - 1}/${content.length}`,
      },
      body: content,
      signal: AbortSignal.timeout(deadlineMs),
    });
    await body?.cancel();
    // 202 asks for the rest, and there is none.
    return status === 200 || status === 201 ? 'taken' : `status ${status}`;
  } catch (error) {
    return nameOf(error);
  }
}
