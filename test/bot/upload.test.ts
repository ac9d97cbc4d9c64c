import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createFileHosts } from '../../bot/file-hosts.js';
import { readBody } from '../../bot/read-body.js';
import { createUpload } from '../../bot/upload.js';
import { isAppError } from '../../src/base/errors.js';
import { createListLog } from './edge-stage.js';

const content = Buffer.from('Name,Passkey\r\nZoë,yes\r\n');
const secret = 'tempauth=only-teams-knows';

interface Received {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

describe('putting a file where Teams says', () => {
  const received: Received[] = [];
  const log = createListLog();
  let server: Server;
  let url = '';
  let answer: (res: ServerResponse) => void;

  before(async () => {
    server = createServer(async (req, res) => {
      const body = await readBody(req, 10_000);
      assert.ok(body.kind === 'read');
      received.push({ path: req.url ?? '', headers: req.headers, body: body.text });
      answer(res);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  });
  beforeEach(() => received.splice(0));
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  /** Not in one chain: restify, once loaded, changes what these methods give back, on every server. */
  const ending =
    (status: number, body = '', location?: string) =>
    (res: ServerResponse): void => {
      res.statusCode = status;
      if (location !== undefined) res.setHeader('location', location);
      res.end(body);
    };
  const put = (deadlineMs = 5_000) =>
    createUpload({ fetch, log, deadlineMs })(`${url}/upload?${secret}`, content);

  for (const status of [200, 201]) {
    it(`is done with ${status}: the whole of it, in one piece, and with nobody's token`, async () => {
      answer = ending(status, '{}');
      await put();
      const [{ headers, body } = assert.fail('nothing came'), ...others] = received;
      assert.deepEqual(others, []);
      assert.equal(body, content.toString());
      assert.equal(headers['content-range'], `bytes 0-${content.length - 1}/${content.length}`);
      assert.equal(headers['content-length'], String(content.length));
      assert.deepEqual([headers.authorization, headers.cookie], [undefined, undefined]);
    });
  }

  const refusals: readonly (readonly [string, string, (res: ServerResponse) => void])[] = [
    ['asks for more', 'status 202', ending(202, '{"nextExpectedRanges":["1-"]}')],
    ['forbids it', 'status 403', ending(403)],
    ['has forgotten the address', 'status 404', ending(404)],
    ['does not take the range', 'status 416', ending(416)],
    ['is not well', 'status 500', ending(500)],
    ['hangs up', 'TypeError UND_ERR_SOCKET', (res) => res.destroy()],
    ['says nothing in time', 'TimeoutError', () => undefined],
    ['sends it elsewhere', 'status 307', ending(307, '', '/elsewhere')],
  ];
  for (const [what, why, does] of refusals) {
    it(`is not done when the drive ${what}, is not tried again, and its address is told to nobody`, async () => {
      answer = does;
      const error = await put(300).then(
        () => assert.fail('that counted as done'),
        (thrown: unknown) => thrown,
      );
      assert.ok(isAppError(error));
      assert.deepEqual([error.code, error.retry], ['bot.file-not-saved', 'later']);
      assert.deepEqual(
        received.map(({ path }) => path),
        [`/upload?${secret}`],
      );
      assert.deepEqual(log.lines.at(-1)?.fields, { why });
      const said = [
        error.stack,
        String(error.cause),
        JSON.stringify(error),
        JSON.stringify(log.lines),
      ].join();
      assert.doesNotMatch(said, /tempauth|127\.0\.0\.1/);
    });
  }
});

describe('where files may be put', () => {
  const hosts = createFileHosts('http://127.0.0.1:3979/');

  for (const url of [
    'https://contoso-my.sharepoint.com/personal/a_contoso_com/_api/v2.0/drive/items/1/uploadSession?tempauth=x',
    'https://contoso.sharepoint.com/x',
    'https://contoso-my.sharepoint.us/x',
    'https://contoso.sharepoint-mil.us/x',
    'https://contoso-my.sharepoint.cn/x',
    'https://CONTOSO-MY.SHAREPOINT.COM:443/x',
    'http://127.0.0.1:3979/drive/x',
  ]) {
    it(`may be ${url}`, () => assert.ok(hosts(url)));
  }

  for (const url of [
    '',
    'upload',
    'http://contoso-my.sharepoint.com/x',
    'ftp://contoso-my.sharepoint.com/x',
    'file:///etc/passwd',
    'https://contoso-my.sharepoint.com:8443/x',
    'https://contoso-my.sharepoint.com@evil.example/x',
    'https://me:secret@contoso-my.sharepoint.com/x',
    'https://contoso-my.sharepoint.com.evil.example/x',
    'https://evil-sharepoint.com/x',
    'https://sharepoint.com/x',
    'https://sharepoint.com.evil.example/x',
    'https://evil.example/contoso-my.sharepoint.com',
    'https://evil.example/?contoso.sharepoint.com',
    'https://evil.example#.sharepoint.com',
    'https://evil.example\\.sharepoint.com/x',
    'https://169.254.169.254/latest/meta-data',
    'https://127.0.0.1:3979/x',
    'http://127.0.0.1:3980/x',
    'http://127.0.0.1/x',
    'http://localhost:3979/x',
    'https://graph.microsoft.com/v1.0/me/drive',
  ]) {
    it(`may not be ${url || 'nothing'}`, () => assert.ok(!hosts(url)));
  }

  it('is not on this machine, unless that is configured', () =>
    assert.ok(!createFileHosts(undefined)('http://127.0.0.1:3979/drive/x')));
});
