import assert from 'node:assert/strict';
import { appId, person } from './channel.js';
import { type EdgeStage, openEdge } from './edge-stage.js';

describe('where people are reached', () => {
  let stage: EdgeStage;
  beforeEach(async () => {
    stage = await openEdge();
  });
  afterEach(() => stage.close());

  const nameless = { id: '29:person', aadObjectId: person };
  const installed = (changes: object = {}): Record<string, unknown> =>
    stage.activity({
      type: 'installationUpdate',
      action: 'add',
      text: undefined,
      from: nameless,
      ...changes,
    });
  const contact = (): object => ({ person, conversationId: 'a:chat', serviceUrl: stage.connector.url });

  it('is learned when the app is installed', async () => {
    assert.equal((await stage.post(installed())).status, 200);
    assert.deepEqual(stage.house.contacts, [contact()]);
    assert.deepEqual(stage.connector.calls, []);
  });

  it('is learned from the second event of an installation too', async () => {
    const membersAdded = [nameless, { id: `28:${appId}` }];
    await stage.post(stage.activity({ type: 'conversationUpdate', from: nameless, membersAdded }));
    assert.deepEqual(stage.house.contacts, [contact()]);
  });

  it('follows a person whose chat moves', async () => {
    await stage.post(stage.press());
    const moved = { id: 'a:moved', conversationType: 'personal' };
    await stage.post(stage.press({}, { conversation: moved }));
    assert.deepEqual(
      stage.house.contacts.map(({ conversationId }) => conversationId),
      ['a:chat', 'a:moved'],
    );
  });

  it('is tried again after the store was down', async () => {
    const met = stage.house.met;
    stage.house.met = async () => {
      throw new Error('store is down');
    };
    assert.equal((await stage.post(stage.press())).json.statusCode, 200);
    stage.house.met = met;
    await stage.post(stage.press());
    assert.deepEqual(stage.house.contacts, [contact()]);
  });

  it('is not learned from a removal, a group or a nameless event', async () => {
    await stage.post(installed({ action: 'remove' }));
    await stage.post(installed({ conversation: { id: '19:x', conversationType: 'channel' } }));
    await stage.post(installed({ from: { id: '29:unknown' } }));
    assert.deepEqual(stage.house.contacts, []);
  });
});

describe('what the bot has no use for', () => {
  let stage: EdgeStage;
  beforeEach(async () => {
    stage = await openEdge();
  });
  afterEach(() => stage.close());

  for (const type of [
    'typing',
    'messageReaction',
    'messageUpdate',
    'event',
    'endOfConversation',
    'unheardOf',
  ]) {
    it(`is taken and ignored: ${type}`, async () => {
      const { status, text } = await stage.post(stage.activity({ type, text: undefined }));
      assert.deepEqual([status, text], [200, '']);
      assert.deepEqual(stage.house.ran, []);
      assert.deepEqual(stage.connector.calls, []);
    });
  }

  for (const name of ['task/fetch', 'signin/verifyState', 'composeExtension/query', undefined]) {
    it(`is answered as not supported: invoke ${name ?? 'without a name'}`, async () => {
      const { status, text } = await stage.post(stage.press({}, { name }));
      assert.deepEqual([status, text], [501, '']);
      assert.deepEqual(stage.house.ran, []);
    });
  }
});
