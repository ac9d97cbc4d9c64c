import type { PracticeContext } from '../context.js';
import { createRouter, type PracticeRequest, type PracticeResponse, type Router } from '../http/router.js';
import { personByKey } from '../world/people.js';
import { driveOf, fileUrl } from './drive.js';

/** The part of OneDrive that a bot meets: a place for one file, filled once, and the file behind its link. */
export function driveService(ctx: PracticeContext): Router {
  const router = createRouter();
  const drive = driveOf(ctx);

  router.on('PUT', '/personal/:owner/_api/v2.0/drive/items/:id/uploadSession', (req) => {
    // As Microsoft says: the address is the proof, and a second one is refused.
    if (req.headers.authorization !== undefined)
      return problem(401, 'unauthenticated', 'An upload session takes no Authorization header.');
    const session = drive.session(req.params.id ?? '', req.query.get('tempauth') ?? '');
    if (session?.owner !== req.params.owner || session === undefined)
      return problem(404, 'itemNotFound', 'The upload session was not found.');
    const content = wholeContent(req);
    if (!Buffer.isBuffer(content)) return content;
    const { id, owner, name } = drive.save(session, content);
    ctx.events.publish({ kind: 'timeline', person: owner });
    return { status: 201, body: { id, name, size: content.length, webUrl: fileUrl(ctx, owner, name) } };
  });

  router.on('GET', '/personal/:owner/Documents/:name', ({ params }) => {
    const owner = personByKey(params.owner ?? '');
    const file = owner && drive.filesOf(owner).find(({ name }) => name === params.name);
    if (!file) return problem(404, 'itemNotFound', 'There is no such file.');
    // As text, so that a browser shows it whatever it is.
    return { status: 200, headers: shown, body: Buffer.from(file.content, 'base64') };
  });
  return router;
}

const shown: Readonly<Record<string, string>> = {
  'content-type': 'text/plain; charset=utf-8',
  'content-security-policy': "default-src 'none'; sandbox",
  'x-content-type-options': 'nosniff',
};

/** A file in pieces is not taken here; the real service takes pieces of up to 60 MiB. */
function wholeContent({ headers, body }: PracticeRequest): Buffer | PracticeResponse {
  const content = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
  const [, first, last, total] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(headers['content-range'] ?? '') ?? [];
  if (headers['content-length'] === undefined)
    return problem(411, 'lengthRequired', 'Content-Length is missing.');
  if (first === undefined) return problem(400, 'invalidRequest', 'Content-Range is missing or malformed.');
  const fits = Number(last) - Number(first) + 1 === content.length;
  if (!fits || Number(first) !== 0 || Number(total) !== content.length)
    return problem(416, 'invalidRange', 'The range does not fit the file.');
  return content;
}

function problem(status: number, code: string, message: string): PracticeResponse {
  return { status, body: { error: { code, message } } };
}
