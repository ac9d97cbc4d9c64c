import assert from 'node:assert/strict';
import { parseActivity, type TeamsActivity } from '../../bot/activity.js';
import { botError } from '../../bot/errors.js';
import { type FileConsentParts, fileConsent } from '../../bot/file-consent.js';
import { createFileHosts } from '../../bot/file-hosts.js';
import { createExplain } from '../../bot/problem.js';
import { systemIds } from '../../src/base/ids.js';
import { systemSleep } from '../../src/base/sleep.js';
import { fakeDelivery } from '../support/fake-delivery.js';
import { person, tenantId } from './channel.js';
import { createListLog } from './edge-stage.js';
import { createFakeHouse } from './fake-house.js';

type HandOver = FileConsentParts['house']['handOver'];

const uploadInfo = {
  uploadUrl: 'https://contoso-my.sharepoint.com/upload?tempauth=secret',
  contentUrl: 'https://contoso-my.sharepoint.com/list.csv',
  name: 'list.csv',
  uniqueId: '1',
  fileType: 'csv',
};
const context = { verb: 'test.list', data: { ref: 'r' } };

/** One answer to a question about a file; what was done about it, in order. */
function desk(handOver: HandOver, more: Partial<FileConsentParts> = {}) {
  const done: string[] = [];
  const log = createListLog();
  const sender = fakeDelivery();
  const parts: FileConsentParts = {
    house: { ...createFakeHouse(), handOver },
    sender,
    fileCards: {
      offer: async () => void done.push('offer'),
      show: async (_chat, { name }) => void done.push(`show ${name}`),
      remove: async (_chat, id) => void done.push(`remove ${id}`),
    },
    fileHosts: createFileHosts(undefined),
    upload: async (_url, { length }) => void done.push(`put ${length}`),
    explain: createExplain({ log, ids: systemIds }),
    log,
    sleep: systemSleep,
    tenantId,
    portalUrl: 'https://portal.example',
    ...more,
  };
  const says = (value: object) => fileConsent(parts, activity({ type: 'fileUpload', context, ...value }));
  return { done, log, told: sender.asked, accept: () => says({ action: 'accept', uploadInfo }), says };
}

function activity(value: object): TeamsActivity {
  return (
    parseActivity({
      ...{
        type: 'invoke',
        name: 'fileConsent/invoke',
        channelId: 'msteams',
        serviceUrl: 'https://teams.example',
      },
      from: { id: '29:1', aadObjectId: person },
      recipient: { id: '28:1' },
      conversation: { id: 'a:1', conversationType: 'personal', tenantId },
      replyToId: 'question',
      value,
    }) ?? assert.fail('no activity')
  );
}

const saves: HandOver = async (_request, drive) => {
  drive.check();
  await drive.put(Buffer.from('abc'));
  return 'saved';
};

describe('an answer to the question whether a file may be saved', () => {
  it('saves it, shows it, and only then takes the question away', async () => {
    const { accept, done, told } = desk(saves);
    assert.deepEqual(await accept(), { status: 200 });
    assert.deepEqual(done, ['put 3', 'show list.csv', 'remove question']);
    assert.deepEqual(told, []);
  });

  it('has nothing shown or taken away when it is the same answer once more', async () => {
    const { accept, done, told } = desk(async () => 'under-way');
    assert.deepEqual([await accept(), done, told], [{ status: 200 }, [], []]);
  });

  it('is answered in time, and what comes of it is told when it is known', async () => {
    let saved: () => void = () => undefined;
    const slow: HandOver = () =>
      new Promise((resolve) => {
        saved = () => resolve('saved');
      });
    const { accept, done } = desk(slow, { sleep: async () => undefined });
    assert.deepEqual([await accept(), [...done]], [{ status: 200 }, []]);
    saved();
    await new Promise(setImmediate);
    assert.deepEqual(done, ['show list.csv', 'remove question']);
  });

  it('leaves the question where the same press may work in a minute', async () => {
    const { accept, done, told } = desk(async () => {
      throw botError('bot.unexpected');
    });
    await accept();
    assert.deepEqual([done, told.length], [[], 1]);
  });

  it('takes the question away after a file that was not saved, which needs a new one', async () => {
    const { accept, done, told } = desk(async () => {
      throw botError('bot.file-not-saved');
    });
    await accept();
    assert.deepEqual([done, told.length], [['remove question'], 1]);
  });

  it('is not undone when the card of the file cannot be sent, and no line names an address', async () => {
    const broken = async () => {
      throw botError('bot.teams-busy');
    };
    const { accept, log, told } = desk(saves, { fileCards: { offer: broken, show: broken, remove: broken } });
    assert.deepEqual([await accept(), told], [{ status: 200 }, []]);
    assert.deepEqual(
      log.lines.map(({ message }) => message),
      ['the card of a saved file was not sent', 'an offer of a file was not taken away'],
    );
    assert.doesNotMatch(JSON.stringify(log.lines), /tempauth|sharepoint/);
  });

  it('takes nothing but the question away when it is no', async () => {
    const { says, done, told } = desk(() => assert.fail('nothing is to be made'));
    assert.deepEqual(await says({ action: 'decline' }), { status: 200 });
    assert.deepEqual([done, told], [['remove question'], []]);
  });
});
