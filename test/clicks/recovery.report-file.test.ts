import assert from 'node:assert/strict';
import { roundMark } from '../../src/flows/recovery/report/inventory.js';
import { cardText } from '../support/card-text.js';
import { hasButton, readIn } from '../support/on-card.js';
import { openRecoveryStage, type RecoveryStage } from '../support/recovery-stage.js';
import { fileDesk } from '../support/report-file.js';

describe('recovery.report-file', () => {
  let stage: RecoveryStage;
  let desk: ReturnType<typeof fileDesk>;
  before(async () => {
    stage = await openRecoveryStage();
    desk = fileDesk(stage);
  });
  after(() => stage.close());

  it('is no button while the report is still being read', async () => {
    await stage.idle();
    await stage.store().write((tx) => tx.deleteFrom('marks').where('name', '=', roundMark).execute());
    const { id, card } = await stage.hear('security', 'passkey report');
    assert.match(cardText(card), /I am still reading/);
    assert.ok(!hasButton(card, 'recovery.report-file'));
    assert.match(readIn(await stage.press('security', id, 'recovery.report-file')), /I am still reading/);
    assert.deepEqual(await desk.offers('security'), []);
  });

  it('offers the report below the card that has the button', async () => {
    await desk.reportRead();
    const { id } = await stage.hear('security', 'passkey report');
    const answer = readIn(await stage.press('security', id, 'recovery.report-file'));
    const { file } = await desk.offer('security');
    assert.match(file.name, /^passkeys-\d{4}-\d\d-\d\d\.csv$/);
    assert.ok(answer.includes(`${file.name} was put below this card for you to allow`), answer);
    assert.match(file.description, /one line a person/);
    assert.ok(file.sizeInBytes > 500, 'the size of the whole file');
    assert.deepEqual(await desk.files('security'), [], 'nothing is saved before somebody allows it');
    assert.deepEqual(await desk.recorded(), [], 'and nothing is said to be made');
  });

  it('saves it where Teams says, once it is allowed, and shows it in the chat', async () => {
    const { id, file } = await desk.offer('security');
    assert.deepEqual(await desk.allow('security', id), [200]);
    const [saved, ...others] = await desk.files('security');
    assert.deepEqual(others, []);
    assert.equal(saved?.name, file.name);
    const [head, ...lines] = (saved?.text ?? '').split('\r\n');
    assert.match(head ?? '', /^\uFEFFName,User name,Department/);
    assert.ok(lines.some((line) => line.startsWith('Tomasz Okonjeva,')));
    const shown = await desk.shown('security');
    assert.deepEqual(shown, [{ kind: 'info', name: file.name, url: saved?.url, fileType: 'csv' }]);
    assert.deepEqual(await desk.offers('security'), [], 'the question has gone');
    const page = await fetch(saved?.url ?? '');
    assert.equal(await page.text(), (saved?.text ?? '').replace('\uFEFF', ''), 'the link opens the file');
  });

  it('leaves one line in the record: who, which file, how long, and nothing that is in it', async () => {
    const lines = await desk.recorded();
    assert.equal(lines.length, 1);
    const { people } = await stage.get<{ people: readonly { displayName: string }[] }>('');
    assert.equal(lines[0]?.actor, stage.idOf('security'));
    assert.match(
      lines[0]?.data ?? '',
      /^\{"lines":\d+,"name":"passkeys-[\d-]+\.csv","verb":"recovery\.report-file"\}$/,
    );
    assert.ok(people.every(({ displayName }) => !lines[0]?.data.includes(displayName)));
  });

  it('is put there in one piece, without anybody’s token, and its address is nowhere', async () => {
    const calls = await stage.requests('drive');
    const [call, ...others] = calls.filter(({ method }) => method !== 'GET');
    assert.deepEqual(others, []);
    assert.deepEqual([call?.method, call?.status, call?.token], ['PUT', 201, 'none']);
    assert.ok(!(await desk.everythingKept()).includes('tempauth'));
  });

  it('is made when it is allowed: what was read since is in it', async () => {
    const { id } = await desk.ask('helpdesk');
    await stage
      .store()
      .db.updateTable('people_keys')
      .set((row) => ({ about: row.fn('replace', ['about', row.val('Tomasz'), row.val('=Tomasz')]) }))
      .execute();
    await desk.allow('helpdesk', id);
    const [saved] = await desk.files('helpdesk');
    assert.match(saved?.text ?? '', /\r\n'=Tomasz Okonjeva,/);
  });

  it('goes away when it is declined, and nothing else happens', async () => {
    const before = await desk.recorded();
    const { id } = await desk.ask('helpdesk');
    const entries = (await stage.timeline('helpdesk')).length;
    assert.deepEqual(await desk.decline('helpdesk', id), [200]);
    assert.deepEqual(await desk.offers('helpdesk'), []);
    assert.equal((await stage.timeline('helpdesk')).length, entries - 1);
    assert.equal((await desk.files('helpdesk')).length, 1);
    assert.deepEqual(await desk.recorded(), before);
  });

  it('is saved once when the same yes comes three times', async () => {
    const { id } = await desk.ask('helpdesk');
    assert.deepEqual(await desk.allow('helpdesk', id, 3), [200, 200, 200]);
    assert.equal((await desk.files('helpdesk')).length, 2);
    assert.equal((await desk.shown('helpdesk')).length, 2);
    assert.equal((await desk.recorded()).length, 3);
    assert.deepEqual(await stage.refusals(), []);
  });

  it('has another name on the same day, because nothing is overwritten', async () => {
    const names = (await desk.files('helpdesk')).map(({ name }) => name);
    assert.match(names[1] ?? '', /^passkeys-[\d-]+ 1\.csv$/);
    assert.deepEqual(
      (await desk.shown('helpdesk')).map(({ name }) => name),
      names,
    );
  });

  for (const [what, fault] of [
    ['is not well', { status: 503 }],
    ['hangs up', { drop: true }],
  ] as const) {
    it(`is not said to be saved when the drive ${what}`, async () => {
      const { id } = await desk.ask('security');
      const [files, shown] = [await desk.files('security'), await desk.shown('security')];
      await stage.fault({ match: { service: 'drive' }, do: fault });
      assert.deepEqual(await desk.allow('security', id), [200]);
      const told = cardText((await stage.timeline('security')).at(-1)?.card);
      assert.match(told, /^You do not have that file\nYour OneDrive did not say that it took the file/);
      assert.match(told, /Ask for the file again, and allow the new one\.\nReference \w+/);
      assert.deepEqual(await desk.files('security'), files);
      assert.deepEqual(await desk.shown('security'), shown);
      assert.deepEqual(await desk.offers('security'), [], 'an offer is good once');
    });
  }

  it('works again after that', async () => {
    const { id } = await desk.ask('security');
    await desk.allow('security', id);
    assert.equal((await desk.files('security')).length, 2);
    assert.deepEqual(await stage.refusals(), []);
  });

  it('says so when Teams does not take the offer', async () => {
    const { id } = await stage.hear('security', 'passkey report');
    await stage.fault({ match: { service: 'connector', method: 'POST' }, do: { status: 403 } });
    const answer = await stage.press('security', id, 'recovery.report-file');
    assert.deepEqual(
      [answer.statusCode, readIn(answer).includes('Please press the button again')],
      [500, true],
    );
    assert.deepEqual(await desk.offers('security'), []);
  });
});
