import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { type EdgeStage, openEdge } from './edge-stage.js';

describe('the HTTP side of the bot', () => {
  let stage: EdgeStage;
  beforeEach(async () => {
    stage = await openEdge();
  });
  afterEach(() => stage.close());

  const get = async (
    path: string,
    headers: Record<string, string> = {},
  ): Promise<[number, string, Headers]> => {
    const response = await fetch(`${stage.url}${path}`, { headers, redirect: 'manual' });
    return [response.status, await response.text(), response.headers];
  };

  it('says that it is alive', async () => {
    assert.deepEqual((await get('/healthz')).slice(0, 2), [200, '']);
  });

  it('is ready while the store answers', async () => {
    assert.deepEqual((await get('/readyz')).slice(0, 2), [200, '']);
    stage.notReady(new Error('no store'));
    assert.deepEqual((await get('/readyz')).slice(0, 2), [503, '']);
  });

  it('shows its metrics on this machine', async () => {
    await stage.post(stage.press());
    const [status, text] = await get('/metrics');
    assert.equal(status, 200);
    assert.match(text, /latchkey_edge_answer_seconds_count\{kind="invoke"\} 1/);
  });

  it('shows no metrics to whoever comes through a proxy', async () => {
    assert.deepEqual((await get('/metrics', { 'x-forwarded-for': '203.0.113.9' })).slice(0, 2), [404, '']);
  });

  it('does not say what it is made of', async () => {
    for (const path of ['/healthz', '/nothing', '/sign-in/done']) {
      const [, , headers] = await get(path);
      assert.equal(headers.get('server'), null, path);
      assert.equal(headers.get('x-powered-by'), null, path);
    }
  });

  it('lets a request that runs end before it stops', async () => {
    let finish = (): void => {};
    const running = new Promise<void>((entered) => {
      stage.house.answers(async () => {
        entered();
        await new Promise<void>((resolve) => (finish = resolve));
        return { kind: 'notice', text: 'Done after all.' };
      });
    });
    const answer = stage.post(stage.press());
    await running;
    const closed = stage.close();
    finish();
    assert.equal((await answer).json.value, 'Done after all.');
    await closed;
    stage = await openEdge();
  });

  it('survives a caller who goes away in the middle of a body', async () => {
    const { hostname, port } = new URL(stage.url);
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), hostname, () => {
        socket.write(
          'POST /api/messages HTTP/1.1\r\nhost: b\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{',
        );
        setImmediate(() => socket.destroy());
      });
      socket.on('close', () => resolve());
    });
    assert.equal((await get('/healthz'))[0], 200);
    assert.deepEqual(stage.house.ran, []);
  });

  it('loads no language model', () => {
    const loaded = Object.keys(createRequire(import.meta.url).cache);
    assert.ok(loaded.some((file) => file.includes('/teams-ai/lib/Application.js')));
    assert.deepEqual(
      loaded.filter((file) => /node_modules\/(openai|gpt-tokenizer|@azure\/openai)\//.test(file)),
      [],
    );
  });
});
