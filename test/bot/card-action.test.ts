import assert from 'node:assert/strict';
import { AppError, type Retry } from '../../src/base/errors.js';
import type { Outcome } from '../../src/flows/flow.js';
import { person, tenantId } from './channel.js';
import { type EdgeStage, openEdge } from './edge-stage.js';

const card = { kind: 'card', card: { template: 'test/card', view: { name: 'x' } } } as const;
const problem = 'application/vnd.microsoft.error';

function appError(retry: Retry, detail: Record<string, string> = {}): AppError {
  const kind = { retry, says: 'It did not work.', next: 'Do this.' };
  return new AppError('test.error', kind, new Error('the secret cause'), detail);
}

describe('a pressed button', () => {
  let stage: EdgeStage;
  beforeEach(async () => {
    stage = await openEdge();
  });
  afterEach(() => stage.close());

  describe('that works', () => {
    it('hands the house who pressed, what and where, and nothing the card says about the person', async () => {
      const action = { verb: 'test.press', data: { ref: 'r1', from: 'somebody else', aadObjectId: 'admin' } };
      await stage.post(stage.press({ action }));
      const [request] = stage.house.ran;
      assert.deepEqual(
        { ...request?.actor },
        { tenantId, objectId: person, name: 'Ada Example', mri: '29:person' },
      );
      assert.deepEqual(request?.command, { verb: 'test.press', data: action.data });
      assert.deepEqual(request?.place, {
        conversationId: 'a:chat',
        serviceUrl: stage.connector.url,
        activityId: 'message-7',
      });
    });

    for (const [locale, language] of [
      ['de-AT', 'de-AT'],
      ['en', 'en'],
      ['zh-Hant-TW', 'zh-Hant-TW'],
      [undefined, ''],
      [null, ''],
      [7, ''],
      ['de_AT', ''],
      ['<script>', ''],
      [`de${'-extended'.repeat(5)}`, ''],
    ] as const) {
      it(`hands over the language of the client: ${JSON.stringify(locale)}`, async () => {
        await stage.post(stage.press({}, { locale }));
        assert.equal(stage.house.ran[0]?.language, language);
      });
    }

    for (const conversationType of ['groupChat', 'channel', undefined]) {
      it(`is pressed in the personal chat, and not in ${conversationType ?? 'a chat of unknown kind'}`, async () => {
        const conversation = { id: '19:group', conversationType, tenantId };
        const { json } = await stage.post(stage.press({}, { conversation }));
        assert.match(JSON.stringify(json), /personal chat/);
        assert.equal(stage.house.ran.length, 0);
      });
    }

    it('is answered with the new card', async () => {
      stage.house.answers(() => card);
      const { status, json } = await stage.post(stage.press());
      assert.equal(status, 200);
      assert.deepEqual(json, {
        statusCode: 200,
        type: 'application/vnd.microsoft.card.adaptive',
        value: { type: 'AdaptiveCard', template: 'test/card', view: { name: 'x' } },
      });
      assert.deepEqual(stage.house.places, []);
    });

    it('is answered with a notice', async () => {
      stage.house.answers(() => ({ kind: 'notice', text: 'Nothing to do.' }));
      assert.deepEqual((await stage.post(stage.press())).json, {
        statusCode: 200,
        type: 'application/vnd.microsoft.activity.message',
        value: 'Nothing to do.',
      });
    });

    it('tells the house where its card lives now', async () => {
      stage.house.answers(() => ({ ...card, ref: 'card-ref' }));
      await stage.post(stage.press());
      const place = { conversationId: 'a:chat', serviceUrl: stage.connector.url, activityId: 'message-7' };
      assert.deepEqual(stage.house.places, [{ ref: 'card-ref', place }]);
    });

    it('sends nothing to Teams: the answer is the card', async () => {
      stage.house.answers(() => card);
      await stage.post(stage.press());
      assert.deepEqual(stage.connector.calls, []);
    });
  });

  describe('that fails', () => {
    it('says what happened, what to do and a reference, and never the cause', async () => {
      stage.house.answers(() => {
        throw appError('no');
      });
      const { status, text, json } = await stage.post(stage.press());
      assert.equal(status, 200);
      assert.equal(json.statusCode, 400);
      assert.equal(json.type, problem);
      assert.equal(json.value.code, 'test.error');
      assert.match(json.value.message, /^It did not work\. Do this\. \(ref [0-9A-F]{8}\)$/);
      assert.ok(!text.includes('secret cause'));
    });

    it('uses the reference Entra has too, where there is one', async () => {
      stage.house.answers(() => {
        throw appError('later', { reference: 'ab12cd34-0000-4000-8000-000000000000' });
      });
      const { json } = await stage.post(stage.press());
      assert.equal(json.statusCode, 500);
      assert.match(json.value.message, /\(ref AB12CD34\)$/);
    });

    it('writes the same reference into the log', async () => {
      stage.house.answers(() => {
        throw new Error('boom');
      });
      const { json } = await stage.post(stage.press());
      const reference = /ref (\w+)/.exec(json.value.message)?.[1];
      assert.equal(stage.log.lines.find(({ level }) => level === 'error')?.fields.reference, reference);
    });

    for (const [what, thrown] of [
      ['an error', new TypeError('secret path /etc/x')],
      ['a string', 'secret text'],
      ['nothing', undefined],
    ] as const) {
      it(`is answered in order when the code under it throws ${what}`, async () => {
        stage.house.answers(() => {
          throw thrown;
        });
        const { status, text, json } = await stage.post(stage.press());
        assert.equal(status, 200);
        assert.equal(json.statusCode, 500);
        assert.equal(json.type, problem);
        assert.ok(!text.includes('secret'));
      });
    }

    it('is answered in order when its card cannot be drawn', async () => {
      stage.house.answers(() => ({ kind: 'card', card: { template: 'test/broken', view: {} } }));
      const { status, text, json } = await stage.post(stage.press());
      assert.equal(status, 200);
      assert.deepEqual([json.statusCode, json.type], [500, problem]);
      assert.ok(!text.includes('secret'));
    });

    it('tells whoever made a card that nobody sees it when it cannot be drawn', async () => {
      const unseen: string[] = [];
      const told = { unseen: () => void unseen.push('told') };
      stage.house.answers(() => ({ ...card, ...told }));
      await stage.post(stage.press());
      assert.deepEqual(unseen, []);
      stage.house.answers(() => ({ kind: 'card', card: { template: 'test/broken', view: {} }, ...told }));
      await stage.post(stage.press());
      assert.deepEqual(unseen, ['told']);
    });

    it('keeps its answer when the place of its card cannot be kept', async () => {
      stage.house.answers(() => ({ ...card, ref: 'card-ref' }));
      stage.house.placed = async () => {
        throw new Error('store is down');
      };
      const { json } = await stage.post(stage.press());
      assert.equal(json.statusCode, 200);
      assert.equal(stage.log.lines.filter(({ level }) => level === 'error').length, 1);
    });

    it('keeps its answer when the address of the person cannot be kept', async () => {
      stage.house.met = async () => {
        throw new Error('store is down');
      };
      assert.equal((await stage.post(stage.press())).json.statusCode, 200);
    });

    for (const [what, value] of [
      ['nothing', undefined],
      ['a text', 'value'],
      ['no action', { trigger: 'manual' }],
      ['no verb', { action: { data: {} } }],
      ['an empty verb', { action: { verb: '' } }],
      ['a verb without end', { action: { verb: 'x'.repeat(101) } }],
      ['a verb that is no text', { action: { verb: 5 } }],
      ['a token that is no text', { action: { verb: 'a' }, authentication: { token: 5 } }],
    ] as const) {
      it(`is refused politely when it carries ${what}`, async () => {
        const { status, json } = await stage.post(stage.press({}, { value }));
        assert.equal(status, 200);
        assert.deepEqual([json.statusCode, json.value.code], [400, 'bot.bad-action']);
        assert.deepEqual(stage.house.ran, []);
      });
    }
  });
});

describe('a pressed button that takes too long', () => {
  it('is answered at nine seconds, and what becomes of it later is only logged', async () => {
    const asked: number[] = [];
    let fail = (_error: Error): void => {};
    const stage = await openEdge({
      sleep: async (ms) => {
        asked.push(ms);
      },
    });
    stage.house.answers(() => new Promise((_resolve, reject) => (fail = reject)));
    const { status, json } = await stage.post(stage.press());
    assert.equal(status, 200);
    assert.deepEqual([json.statusCode, json.value.code], [500, 'bot.late']);
    assert.deepEqual(asked, [9_000]);
    fail(new Error('much later'));
    await new Promise(setImmediate);
    assert.ok(stage.log.lines.some(({ message }) => message === 'a click failed after its answer was due'));
    await stage.close();
  });

  it('tells whoever made the card that nobody sees it any more', async () => {
    const unseen: string[] = [];
    let made = (_outcome: Outcome): void => {};
    const stage = await openEdge({ sleep: async () => undefined });
    stage.house.answers(() => new Promise((resolve) => (made = resolve)));
    assert.equal((await stage.post(stage.press())).json.value.code, 'bot.late');
    made({ ...card, unseen: () => void unseen.push('told') });
    await new Promise(setImmediate);
    assert.deepEqual(unseen, ['told']);
    await stage.close();
  });
});
