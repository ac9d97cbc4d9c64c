import assert from 'node:assert/strict';
import { codeIn, retryAfter, troubleOf } from '../../bot/connector-trouble.js';

const now = new Date('2026-05-04T10:00:00Z');

describe('what an answer of the connector means', () => {
  it('reads both ways in which Retry-After can be written', () => {
    assert.equal(retryAfter('7', now), 7_000);
    assert.equal(retryAfter('Mon, 04 May 2026 10:00:30 GMT', now), 30_000);
    assert.equal(retryAfter('Mon, 04 May 2026 09:00:00 GMT', now), 0);
    assert.equal(retryAfter('soon', now), undefined);
    assert.equal(retryAfter(undefined, now), undefined);
  });

  it('reads both shapes of a refusal', () => {
    assert.equal(codeIn('{"error":{"code":"ConversationNotFound","message":"x"}}'), 'ConversationNotFound');
    assert.equal(
      codeIn('{"errorCode":209,"message":"{\\"subCode\\":\\"MessageWritesBlocked\\"}"}'),
      'MessageWritesBlocked',
    );
    assert.equal(codeIn('{"errorCode":209,"message":"{"}'), 'error-209');
    assert.equal(codeIn('<html>'), undefined);
  });

  for (const [error, kind] of [
    [{ statusCode: 429 }, 'again'],
    [{ statusCode: 503 }, 'again'],
    [{ code: 'ECONNREFUSED' }, 'again'],
    [{ code: 'ENOTFOUND' }, 'again'],
    [{ statusCode: 500 }, 'unknown'],
    [{ code: 'ECONNRESET' }, 'unknown'],
    [{ name: 'AbortError' }, 'unknown'],
    [{ statusCode: 401 }, 'unauthorized'],
    [{ statusCode: 404 }, 'gone'],
    [{ statusCode: 422 }, 'refused'],
    [new TypeError('a mistake of ours'), 'other'],
    ['text', 'other'],
    [undefined, 'other'],
  ] as const) {
    it(`${JSON.stringify(error) ?? 'nothing'} is ${kind}`, () =>
      assert.equal(troubleOf(error, now).kind, kind));
  }
});
