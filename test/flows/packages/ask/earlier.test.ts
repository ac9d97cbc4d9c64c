import assert from 'node:assert/strict';
import { fixedAmong } from '../../../../src/flows/packages/ask/earlier.js';

const questions = [
  { id: 'project', editable: false },
  { id: 'site', editable: true },
];
const answer = (questionId: string, value: string) => ({ questionId, question: '', value, display: value });
const request = (createdAt: string, state: string, assignmentId: string | undefined, value: string) => ({
  ...{ createdAt, state, assignmentId },
  answers: value === '' ? [] : [answer('PROJECT', value), answer('site', 'VIE')],
});
const held = { id: 'a1' };

describe('answers that stay when access is renewed', () => {
  it('are those of the request behind it, not of one that was denied later', () => {
    const requests = [
      request('2026-01-01', 'delivered', 'a1', 'NORD-1'),
      request('2026-02-01', 'denied', undefined, 'OTHER-1'),
      request('2026-02-02', 'delivered', 'a2', 'OTHER-2'),
    ];
    assert.deepEqual([...fixedAmong(questions, requests, held)], [['project', 'NORD-1']]);
  });

  it('are still known after a renewal that did not say them again', () => {
    const requests = [
      request('2026-03-01', 'delivered', 'a1', ''),
      request('2026-01-01', 'delivered', 'a1', 'NORD-1'),
    ];
    assert.deepEqual([...fixedAmong(questions, requests, held)], [['project', 'NORD-1']]);
  });

  it('are none for whoever asks for the first time', () => {
    const requests = [request('2026-01-01', 'delivered', 'a1', 'NORD-1')];
    assert.equal(fixedAmong(questions, requests, undefined).size, 0);
  });
});
