import assert from 'node:assert/strict';
import { openPracticeStage, type PracticeStage } from '../support/practice-stage.js';

interface UploadInfo {
  readonly contentUrl: string;
  readonly uploadUrl: string;
  readonly name: string;
  readonly uniqueId: string;
  readonly fileType: string;
}

const question = {
  contentType: 'application/vnd.microsoft.teams.card.file.consent',
  name: 'list.csv',
  content: { description: 'A list.', sizeInBytes: 12, acceptContext: { yes: 1 }, declineContext: { no: 1 } },
};
const text = 'a,b\r\n1,2\r\n';
const whole = `bytes 0-${text.length - 1}/${text.length}`;

describe('files in the practice tenant', () => {
  let stage: PracticeStage;
  before(async () => {
    stage = await openPracticeStage();
  });
  after(() => stage.close());

  const send = (attachment: object) =>
    stage.bot.connector('POST', '/a:1-finance/activities', { type: 'message', attachments: [attachment] });
  const offered = async (): Promise<string> => {
    await stage.post('/clock', { advance: 'PT2S' });
    return String((await send(question)).body.id);
  };
  const say = (id: string, answer: string, more: object = {}) =>
    stage.post(`/people/finance/files/${id}/consent`, { answer, ...more });
  const lastValue = () => stage.bot.received.at(-1)?.raw.value as Readonly<Record<string, unknown>>;
  /** A place that is kept for a file. */
  const place = async (): Promise<UploadInfo> => {
    await say(await offered(), 'accept');
    return lastValue().uploadInfo as UploadInfo;
  };
  const put = async (url: string, headers: Record<string, string> = {}, body = text): Promise<number> => {
    const type = { 'content-type': 'application/octet-stream', 'content-range': whole };
    return (await fetch(url, { method: 'PUT', headers: { ...type, ...headers }, body })).status;
  };

  it('a question about a file stands in the chat, without what goes back to the bot', async () => {
    const id = await offered();
    assert.deepEqual(
      (await stage.get('/people/finance/timeline')).body.find((entry: { id: string }) => entry.id === id)
        .file,
      { kind: 'consent', name: 'list.csv', description: 'A list.', sizeInBytes: 12 },
    );
  });

  it('a yes tells the bot where the file may be put', async () => {
    const id = await offered();
    const { status, body } = await say(id, 'accept');
    assert.equal(status, 200);
    assert.equal(body.answers[0].status, 200);
    const { raw } = stage.bot.received.at(-1) ?? assert.fail('nothing came');
    assert.deepEqual([raw.type, raw.name, raw.replyToId], ['invoke', 'fileConsent/invoke', id]);
    const { uploadInfo, ...value } = lastValue();
    assert.deepEqual(value, { type: 'fileUpload', action: 'accept', context: { yes: 1 } });
    assert.deepEqual(Object.keys(uploadInfo as object).sort(), [
      ...['contentUrl', 'fileType', 'name', 'uniqueId', 'uploadUrl'],
    ]);
  });

  it('a no goes back with what was given for it, and the question stays until the bot takes it away', async () => {
    const id = await offered();
    await say(id, 'decline');
    assert.deepEqual(lastValue(), { type: 'fileUpload', action: 'decline', context: { no: 1 } });
    assert.ok(await stage.entry('finance', id));
    await stage.bot.connector('DELETE', `/a:1-finance/activities/${id}`);
    assert.equal(await stage.entry('finance', id), undefined);
    assert.equal((await say(id, 'accept')).status, 404);
  });

  it('the same yes can come several times: the same place each time', async () => {
    const { body } = await say(await offered(), 'accept', { deliver: 3 });
    assert.equal(body.answers.length, 3);
    const places = stage.bot.received.slice(-3).map(({ raw }) => JSON.stringify([raw.id, raw.value]));
    assert.equal(new Set(places).size, 1);
  });

  it('a bot that fails is told of under the question', async () => {
    const id = await offered();
    stage.bot.failNext(500);
    assert.equal((await say(id, 'accept')).body.answers[0].status, 500);
    assert.match((await stage.entry('finance', id))?.notice?.text ?? '', /Something went wrong/);
  });

  it('the place takes the whole file once, and the link then opens it', async () => {
    const { uploadUrl, contentUrl, name } = await place();
    assert.equal((await fetch(contentUrl)).status, 404);
    assert.equal(await put(uploadUrl), 201);
    assert.equal(await put(uploadUrl), 404, 'the session is over');
    assert.equal(await (await fetch(contentUrl)).text(), text);
    const [{ at: _, ...file }] = (await stage.get('/people/finance/files')).body;
    assert.deepEqual(file, { name, url: contentUrl, text });
    assert.deepEqual((await stage.get('/people/engineer/files')).body, []);
  });

  for (const [what, headers, status] of [
    ['a token', { authorization: 'Bearer x' }, 401],
    ['no range', { 'content-range': '' }, 400],
    ['a range that is longer', { 'content-range': `bytes 0-${text.length}/${text.length + 1}` }, 416],
    ['a piece', { 'content-range': `bytes 0-${text.length - 1}/${text.length + 5}` }, 416],
    ['another beginning', { 'content-range': `bytes 1-${text.length}/${text.length}` }, 416],
  ] as const) {
    it(`the place takes nothing with ${what}`, async () => {
      const { uploadUrl, contentUrl } = await place();
      assert.equal(await put(uploadUrl, headers), status);
      assert.equal((await fetch(contentUrl)).status, 404);
    });
  }

  it('the place is for those who know its key, and for a quarter of an hour', async () => {
    const { uploadUrl } = await place();
    assert.equal(await put(uploadUrl.replace(/tempauth=.*/, 'tempauth=x')), 404);
    assert.equal(await put(uploadUrl.replace('/finance/', '/security/')), 404);
    await stage.post('/clock', { advance: 'PT16M' });
    assert.equal(await put(uploadUrl), 404);
  });

  it('its key is not in the log of requests', async () => {
    const { body } = await stage.get('/requests?service=drive');
    assert.ok(body.length > 5);
    assert.ok(
      body.every(
        ({ path, method }: { path: string; method: string }) => method === 'GET' || /tempauth=…/.test(path),
      ),
    );
  });

  it('a file that is saved has a card with its link', async () => {
    await stage.post('/clock', { advance: 'PT2S' });
    const file = {
      contentType: 'application/vnd.microsoft.teams.card.file.info',
      contentUrl: 'https://contoso-my.sharepoint.com/list.csv',
      name: 'list.csv',
      content: { uniqueId: '1', fileType: 'csv' },
    };
    const { id } = (await send(file)).body;
    const { body } = await stage.get('/people/finance/timeline');
    assert.deepEqual(body.find((entry: { id: string }) => entry.id === id).file, {
      ...{ kind: 'info', name: 'list.csv', url: file.contentUrl, fileType: 'csv' },
    });
  });

  for (const [what, attachment] of [
    ['a question without a name', { ...question, name: undefined }],
    ['a question without a size', { ...question, content: { description: '' } }],
    ['a file without a link', { contentType: 'application/vnd.microsoft.teams.card.file.info', name: 'x' }],
  ] as const) {
    it(`${what} is not drawn`, async () => {
      await stage.post('/clock', { advance: 'PT2S' });
      assert.equal((await send(attachment)).status, 400);
    });
  }

  it('files are still there when the practice tenant starts again', async () => {
    await stage.restart();
    const [file] = (await stage.get('/people/finance/files')).body;
    assert.equal(file.text, text);
    await stage.post('/reset');
    assert.deepEqual((await stage.get('/people/finance/files')).body, []);
  });
});
