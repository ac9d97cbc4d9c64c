import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { type Delivery, deliver } from '../../practice/teams/deliver.js';
import { readAnswer, responseOf } from '../../practice/teams/invoke-answer.js';
import { loginRequest } from '../support/invoke-answers.js';

const answered = (status: number, body: unknown): Delivery => ({ kind: 'answered', status, body });

describe('how the practice Teams reads an answer', () => {
  it('gives up on a bot that takes too long', async () => {
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const address = silent.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const line = { botUrl: `http://127.0.0.1:${port}`, token: () => 'x', patienceMs: 20 };
    assert.deepEqual(await deliver(line, { type: 'invoke' }), { kind: 'timeout' });
    silent.closeAllConnections();
    silent.close();
    assert.deepEqual(await deliver(line, { type: 'invoke' }), { kind: 'unreachable' });
  });

  it('tells the person that the app could not be reached', () => {
    const answer = readAnswer(responseOf({ kind: 'timeout' }));
    assert.deepEqual(answer, { kind: 'error', text: 'Unable to reach app. Please try again.' });
  });

  it('takes no answer that is not a Universal Action answer', () => {
    const bodies = [undefined, 'ok', [], { statusCode: '200', type: 'x' }, { statusCode: 200 }];
    const kinds = bodies.map((body) => readAnswer(responseOf(answered(200, body))).kind);
    assert.deepEqual(kinds, ['error', 'error', 'error', 'error', 'error']);
  });

  it('takes no card that is not one, and no message type it does not know', () => {
    const cardType = 'application/vnd.microsoft.card.adaptive';
    assert.equal(readAnswer({ statusCode: 200, type: cardType, value: 'text' }).kind, 'error');
    assert.equal(
      readAnswer({ statusCode: 200, type: 'application/vnd.microsoft.adaptive.card', value: {} }).kind,
      'error',
    );
    assert.equal(readAnswer({ statusCode: 401, type: cardType, value: {} }).kind, 'error');
  });

  it('ignores a login request without a connection name or a button, as Teams does', () => {
    const whole = loginRequest({ id: 'x' });
    const nameless = { ...whole, value: { ...whole.value, connectionName: '' } };
    const buttonless = { ...whole, value: { ...whole.value, buttons: [] } };
    assert.deepEqual(
      [whole, nameless, buttonless].map((response) => readAnswer(response).kind),
      ['sign-in', 'error', 'error'],
    );
  });
});
