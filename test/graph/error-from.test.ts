import assert from 'node:assert/strict';
import { GraphError } from '@microsoft/microsoft-graph-client';
import { graphErrorFrom } from '../../src/graph/error-from.js';
import { graphError } from '../../src/graph/errors.js';

describe('the funnel for whatever goes wrong on the way to Graph', () => {
  it('leaves an error of ours as it is', () => {
    const ours = graphError('graph.conflict');
    assert.equal(graphErrorFrom(ours), ours);
  });

  it("understands the library's own error, and one that never reached Graph", () => {
    assert.equal(graphErrorFrom(new GraphError(404, 'Not here')).code, 'graph.not-found');
    assert.equal(graphErrorFrom(new GraphError(-1, 'fetch failed')).code, 'graph.unavailable');
  });

  it('tells being late from being unreachable, and keeps no words of strangers', () => {
    assert.equal(graphErrorFrom(AbortSignal.abort().reason).code, 'graph.timed-out');
    const error = graphErrorFrom(new Error('Bearer eyJ0eXAi was refused'));
    assert.equal(error.code, 'graph.unavailable');
    assert.ok(error.cause instanceof Error && error.cause.message === 'Error');
  });

  it('takes anything at all', () => {
    for (const odd of [undefined, null, 'text', 7, { kind: 'else' }]) {
      assert.equal(graphErrorFrom(odd).code, 'graph.unavailable');
    }
  });
});
