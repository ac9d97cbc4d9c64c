import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { cardText } from '../support/card-text.js';
import { readIn } from '../support/on-card.js';
import { openRecoveryStage, type RecoveryStage } from '../support/recovery-stage.js';
import { type FileDesk, fileDesk, type Offered } from '../support/report-file.js';
import { plainCardOf } from './attack.js';

interface Repelled {
  readonly status: number;
  readonly text: string;
  readonly code: string | undefined;
}

describe('attacks on the file of the passkey report', () => {
  let stage: RecoveryStage;
  let desk: FileDesk;
  let offer: Offered;
  let ref = '';
  /** Of somebody who would like to have the file. */
  let trap: Server;
  let trapUrl = '';
  let caught = 0;

  before(async () => {
    stage = await openRecoveryStage();
    desk = fileDesk(stage);
    trap = createServer((_req, res) => {
      caught += 1;
      res.writeHead(201).end('{}');
    });
    await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
    const address = trap.address();
    trapUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/upload`;
    await desk.reportRead();
    offer = await desk.ask('security');
    ref = await refOf('security');
  });
  after(async () => {
    trap.closeAllConnections();
    trap.close();
    await stage.close();
  });

  async function refOf(person: string): Promise<string> {
    const row = await stage
      .store()
      .db.selectFrom('cards')
      .select('ref')
      .where('kind', '=', 'recovery.report-file')
      .where('person', '=', stage.idOf(person))
      .where('state', '=', 'open')
      .executeTakeFirstOrThrow();
    return row.ref;
  }

  const own = (more: object = {}) => ({ verb: 'recovery.report-file', data: { ref, ...more } });
  const info = (more: object = {}) => ({
    uploadUrl: `${stage.url}/drive/personal/security/_api/v2.0/drive/items/1/uploadSession?tempauth=x`,
    contentUrl: `${stage.url}/drive/personal/security/Documents/passkeys.csv`,
    name: 'passkeys.csv',
    uniqueId: '1',
    fileType: 'csv',
    ...more,
  });

  /** Sends what no client of Teams would; nothing is made, sent, saved or taken by it. */
  async function repelled(person: string, value: object, more: object = {}): Promise<Repelled> {
    const before = await stage.refusals();
    const made = await desk.recorded();
    const { status } = await stage.post<{ status: number }>(`/people/${person}/activities`, {
      type: 'invoke',
      name: 'fileConsent/invoke',
      text: null,
      attachments: null,
      value: { type: 'fileUpload', action: 'accept', ...value },
      ...more,
    });
    const lines = (await stage.refusals()).slice(before.length);
    assert.ok(lines.length <= 1, `one line at most: ${lines.join()}`);
    assert.deepEqual(await desk.recorded(), made, 'a file was made');
    assert.deepEqual(await stage.requests('drive'), [], 'something was sent to a drive');
    assert.equal(caught, 0, 'something was sent elsewhere');
    const text = cardText((await stage.timeline(person)).at(-1)?.card);
    return { status, text, code: lines[0] };
  }

  it('the button is for those who may see the report', async () => {
    for (const person of ['finance', 'engineer', 'manager', 'guest']) {
      const refused = (await stage.refusals()).length;
      const answer = await stage.press(person, await plainCardOf(stage, person), 'recovery.report-file');
      assert.match(readIn(answer), /This report is for those who look after/);
      assert.deepEqual((await stage.refusals()).slice(refused), ['recovery.report-closed']);
      assert.deepEqual(await desk.offers(person), []);
    }
  });

  it('somebody else’s offer is not theirs, whether or not they may see the report', async () => {
    const closed = await repelled('finance', { context: own(), uploadInfo: info() });
    assert.equal(closed.code, 'recovery.report-closed');
    assert.match(closed.text, /This report is for those who look after how everybody signs in/);
    const stolen = await repelled('helpdesk', { context: own(), uploadInfo: info() });
    assert.equal(stolen.code, 'flows.not-your-card');
    assert.match(stolen.text, /This card was made for somebody else/);
  });

  for (const [what, context, code] of [
    ['nothing', undefined, 'flows.unknown-verb'],
    ['a text', 'recovery.report-file', 'flows.unknown-verb'],
    ['a list', [1, 2], 'flows.unknown-verb'],
    ['the name of another verb', { verb: 'recovery.sign-out', data: {} }, 'flows.unknown-verb'],
    ['a name that every object has', { verb: 'constructor', data: {} }, 'flows.unknown-verb'],
    ['no offer', { verb: 'recovery.report-file', data: {} }, 'flows.bad-input'],
    [
      'an offer that is a record',
      { verb: 'recovery.report-file', data: { ref: { $gt: '' } } },
      'flows.bad-input',
    ],
    [
      'more than an offer',
      { verb: 'recovery.report-file', data: { ref: 'r', person: 'x' } },
      'flows.bad-input',
    ],
    [
      'a very long offer',
      { verb: 'recovery.report-file', data: { ref: 'r'.repeat(9_000) } },
      'flows.bad-input',
    ],
    ['an offer nobody made', { verb: 'recovery.report-file', data: { ref: 'r' } }, 'flows.unknown-card'],
  ] as const) {
    it(`a yes to ${what} is refused`, async () => {
      const answer = await repelled('security', { context, uploadInfo: info() });
      assert.deepEqual([answer.status, answer.code], [200, code]);
      assert.match(answer.text, /^You do not have that file/);
    });
  }

  for (const [what, uploadInfo] of [
    ['to another address on this machine', () => ({ uploadUrl: trapUrl })],
    ['to an address without https', () => ({ uploadUrl: 'http://contoso-my.sharepoint.com/upload' })],
    [
      'to a host that looks like SharePoint',
      () => ({ uploadUrl: 'https://contoso.sharepoint.com.evil.example/' }),
    ],
    ['to a link that is not in a drive', () => ({ contentUrl: 'https://evil.example/passkeys.csv' })],
    ['to a link that is a program', () => ({ contentUrl: 'javascript:alert(1)' })],
  ] as const) {
    it(`a yes that leads ${what} is refused`, async () => {
      const answer = await repelled('security', { context: own(), uploadInfo: info(uploadInfo()) });
      assert.equal(answer.code, 'bot.file-address');
      assert.match(answer.text, /I put files into your own OneDrive only.*Nothing was saved/);
    });
  }

  for (const [what, value] of [
    ['no address', { uploadInfo: undefined }],
    ['an address that is a number', { uploadInfo: { uploadUrl: 1 } }],
    ['another kind of answer', { action: 'maybe', uploadInfo: {} }],
    ['another kind of question', { type: 'fileDownload' }],
  ] as const) {
    it(`a yes with ${what} is not read`, async () => {
      const answer = await repelled('security', { context: own(), ...value });
      assert.match(answer.text, /I could not read what came with that button/);
    });
  }

  for (const conversationType of ['groupChat', 'channel']) {
    it(`a yes in a ${conversationType} is refused`, async () => {
      const conversation = { conversationType };
      const before = (await stage.timeline('security')).length;
      const { status } = await repelled('security', { context: own(), uploadInfo: info() }, { conversation });
      assert.equal(status, 400);
      assert.equal((await stage.timeline('security')).length, before, 'nothing is said there');
    });
  }

  it('somebody of another organisation is not let in', async () => {
    const { status } = await repelled('outsider', { context: own(), uploadInfo: info() });
    assert.equal(status, 403);
  });

  it('none of it has used up the offer', async () => {
    assert.deepEqual(await desk.allow('security', offer.id), [200]);
    assert.equal((await desk.files('security')).length, 1);
    assert.equal(caught, 0);
  });

  it('a yes that is kept and sent again later saves nothing', async () => {
    const refused = (await stage.refusals()).length;
    const again = (replyToId: string) =>
      stage.post(`/people/security/activities`, {
        ...{ type: 'invoke', name: 'fileConsent/invoke', text: null, attachments: null, replyToId },
        value: { type: 'fileUpload', action: 'accept', context: own(), uploadInfo: info() },
      });
    await again('another-message');
    await stage.advance('PT2M');
    await again(offer.id);
    assert.deepEqual((await stage.refusals()).slice(refused), ['recovery.offer-over', 'recovery.offer-over']);
    assert.match(
      cardText((await stage.timeline('security')).at(-1)?.card),
      /taken already, or waited too long/,
    );
    assert.equal((await desk.recorded()).length, 1);
    assert.equal((await desk.files('security')).length, 1);
  });

  it('an offer of yesterday is over', async () => {
    const refused = (await stage.refusals()).length;
    const { id } = await desk.ask('security');
    await stage.advance('P1DT1M');
    await desk.allow('security', id);
    assert.deepEqual((await stage.refusals()).slice(refused), ['recovery.offer-over']);
    assert.equal((await desk.files('security')).length, 1);
    assert.deepEqual(await desk.offers('security'), []);
  });

  it('whoever lost the right between the offer and the yes gets a plain refusal', async () => {
    const refused = (await stage.refusals()).length;
    const { id } = await desk.ask('helpdesk');
    const role = { person: 'helpdesk', role: 'Authentication Administrator', held: false };
    await stage.does('role', role);
    assert.deepEqual(await desk.allow('helpdesk', id), [200]);
    assert.deepEqual((await stage.refusals()).slice(refused), ['recovery.report-closed']);
    assert.match(
      cardText((await stage.timeline('helpdesk')).at(-1)?.card),
      /^You do not have that file\nThis report is for those who look after how everybody signs in/,
    );
    assert.deepEqual(await desk.files('helpdesk'), []);
    assert.equal((await desk.recorded()).length, 1);
    assert.deepEqual(await desk.offers('helpdesk'), [], 'the question has gone');
  });
});
