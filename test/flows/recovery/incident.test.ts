import assert from 'node:assert/strict';
import { cardActions, cardText } from '../../support/card-text.js';
import { dataOf } from '../../support/on-card.js';
import { openRecoveryStage, type RecoveryStage } from '../../support/recovery-stage.js';
import { until } from '../../support/until.js';

describe('somebody else’s hand in an account', () => {
  let stage: RecoveryStage;
  const control = (name: string, body: object) => stage.post(`/recovery/${name}`, body);
  const cardsOf = (kind: string) =>
    stage.store().db.selectFrom('cards').selectAll().where('kind', '=', kind).execute();
  const began = () =>
    until('the first sweep', () =>
      stage
        .store()
        .db.selectFrom('marks')
        .select('at')
        .where('name', '=', 'recovery.changes-began')
        .executeTakeFirst(),
    );
  const later = async (): Promise<void> => {
    for (let step = 0; step < 3; step += 1) await stage.advance('PT40S');
  };

  before(async () => {
    stage = await openRecoveryStage();
    await began();
  });
  after(() => stage.close());

  it('its owner is asked, once, in words: what, when and from where', async () => {
    await stage.advance('PT1S');
    await control('register-method', {
      person: 'finance',
      method: { kind: 'phone', number: '+351 911000111', phoneType: 'alternateMobile' },
      ip: '203.0.113.77',
    });
    await later();
    const asked = await stage.card('finance', /Was this you/);
    assert.match(cardText(asked.card), /second mobile number was added/i);
    assert.match(cardText(asked.card), /203\.0\.113\.77/);
    await later();
    assert.equal((await cardsOf('recovery.change')).length, 1);
  });

  it('“yes” is written down, and can be taken back', async () => {
    const asked = await stage.card('finance', /Was this you/);
    const answer = await stage.press('finance', asked.id, 'recovery.mine');
    assert.match(cardText(answer.value), /That was you/);
    assert.ok(cardActions(answer.value).some(({ verb }) => verb === 'recovery.not-me'));
  });

  it('nobody else answers for them', async () => {
    const [card] = await cardsOf('recovery.change');
    await stage.say('engineer', 'help');
    const own = await until('a card', async () =>
      (await stage.timeline('engineer')).findLast((entry) => entry.card !== undefined),
    );
    const answer = await stage.press('engineer', own.id, 'recovery.not-me', { ref: card?.ref });
    assert.match(JSON.stringify(answer), /not-your-card/);
    assert.doesNotMatch(cardText(answer.value), /Security was told/);
    assert.equal((await cardsOf('recovery.incident')).length, 0);
  });

  it('a pass that an administrator made for somebody is told to them, and “no” brings security', async () => {
    await control('pass', { person: 'finance', by: 'helpdesk', minutes: 60, once: false });
    await later();
    const asked = await stage.card('finance', /pass to sign in was added/i);
    const told = cardText(asked.card);
    assert.match(told, /sign in as you without/);
    const answer = await stage.press(
      'finance',
      asked.id,
      'recovery.not-me',
      dataOf(asked.card, 'recovery.not-me'),
    );
    assert.match(cardText(answer.value), /Security was told/);
    const again = await stage.press(
      'finance',
      asked.id,
      'recovery.not-me',
      dataOf(asked.card, 'recovery.not-me'),
    );
    assert.match(cardText(again.value), /Security was told/);
    const incident = await stage.card('security', /“That was not me”/);
    assert.match(cardText(incident.card), /pass to sign in was added/i);
    const open = await stage.store().db.selectFrom('recovery_cases').selectAll().execute();
    assert.deepEqual(
      open.map(({ kind, state }) => [kind, state]),
      [['not-me', 'attest']],
    );
  });

  it('whoever made it gets no card of the incident', async () => {
    const people = await cardsOf('recovery.incident');
    assert.equal(people.length, 1);
  });

  it('the pass is deleted with the role of whoever presses', async () => {
    await stage.post('/people/security/consent', { grant: ['UserAuthMethod-TAP.ReadWrite.All'] });
    const incident = await stage.card('security', /“That was not me”/);
    const answer = await stage.press(
      'security',
      incident.id,
      'recovery.drop-passes',
      dataOf(incident.card, 'recovery.drop-passes'),
    );
    assert.match(cardText(answer.value), /Passes deleted|“That was not me”/, JSON.stringify(answer));
    const writes = await stage.writes();
    assert.deepEqual(
      writes.map(({ method, token }) => [method, token]),
      [['DELETE', 'user']],
    );
  });

  it('a word on what was found closes it, and the person reads it', async () => {
    const incident = await stage.card('security', /“That was not me”/);
    const note = 'Called her: the help desk mixed up two people';
    const short = await stage.press('security', incident.id, 'recovery.handled', {
      ...dataOf(incident.card, 'recovery.handled'),
      note: 'ok',
    });
    assert.match(cardText(short.value), /few words/);
    const done = await stage.press('security', incident.id, 'recovery.handled', {
      ...dataOf(incident.card, 'recovery.handled'),
      note,
    });
    assert.match(cardText(done.value), /mixed up two people/, JSON.stringify(done));
    await stage.card('finance', /mixed up two people/);
    const [one] = await stage.store().db.selectFrom('recovery_cases').selectAll().execute();
    assert.equal(one?.state, 'closed');
  });

  it('“yes” afterwards calls nothing off', async () => {
    const [card] = (await cardsOf('recovery.change')).filter(({ state }) => state === 'final');
    const answer = await stage.press('finance', card?.activity_id ?? '', 'recovery.mine', { ref: card?.ref });
    assert.match(cardText(answer.value), /others look into it/);
  });

  it('the report is for those who look after sign-in, and says who has what', async () => {
    await stage.say('engineer', 'passkey report');
    await until('a refusal', async () =>
      (await stage.timeline('engineer')).some((entry) =>
        /for those who look after/.test(JSON.stringify(entry)),
      ),
    );
    for (let round = 0; round < 8; round += 1) await stage.advance('PT40S');
    await stage.say('security', 'passkey report');
    const card = await stage.card('security', /Who signs in with a passkey/);
    assert.match(cardText(card.card), /Administrators/);
  });
});
