import assert from 'node:assert/strict';
import { dataOf, readIn } from '../support/on-card.js';
import { openRecoveryStage, type RecoveryStage } from '../support/recovery-stage.js';

describe('recovery.drop-passes', () => {
  let stage: RecoveryStage;
  let incident: string;
  let pressed: object;
  let code: string;
  before(async () => {
    stage = await openRecoveryStage();
    await stage.does('pass', { person: 'finance', by: 'helpdesk', minutes: 60 });
    await stage.advance('PT20S');
    await stage.advance('PT20S');
    const { id } = await stage.told('finance', /^Was this you\?/);
    await stage.press('finance', id, 'recovery.not-me');
    // Whoever is behind it makes a new one while it is being talked about.
    ({ code } = await stage.does<{ code: string }>('pass', {
      person: 'finance',
      by: 'helpdesk',
      minutes: 60,
    }));
    const card = await stage.cardWith('security', 'recovery.drop-passes');
    incident = card.id;
    pressed = dataOf(card.card, 'recovery.drop-passes');
  });
  after(() => stage.close());

  const deleted = async () =>
    (await stage.sent()).filter(
      ({ method, path }) => method === 'DELETE' && path.includes('temporaryAccessPass'),
    );

  it('deletes whatever there is now, with the role of whoever presses', async () => {
    const answer = await stage.press('security', incident, 'recovery.drop-passes', pressed, { deliver: 2 });
    assert.match(readIn(answer), /Passes deleted|“That was not me”/);
    const [gone] = await deleted();
    assert.equal(gone?.user, stage.idOf('security'));
    assert.equal((await deleted()).length, 1);
    assert.notEqual(await stage.signIn('finance', code), '');
    await stage.says('security', incident, /Passes deleted\n/);
  });

  it('where none is left says so', async () => {
    await stage.advance('PT15M');
    const answer = await stage.press('security', incident, 'recovery.drop-passes', pressed);
    assert.match(readIn(answer), /There is no pass with which anybody could sign in as them/);
    assert.deepEqual(await stage.refusals(), ['recovery.no-pass-there']);
  });

  it('takes the role, as of now', async () => {
    await stage.advance('PT15M');
    await stage.does('pass', { person: 'finance', by: 'helpdesk', minutes: 60 });
    await stage.does('role', {
      person: 'security',
      role: 'Privileged Authentication Administrator',
      held: false,
    });
    const answer = await stage.press('security', incident, 'recovery.drop-passes', pressed);
    assert.match(readIn(answer), /You do not have the role that this takes just now/);
    assert.equal((await deleted()).length, 1);
  });
});
