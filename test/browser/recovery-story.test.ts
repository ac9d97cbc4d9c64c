import assert from 'node:assert/strict';
import { openRecoveryStage } from '../support/recovery-stage.js';
import { roomStory } from './room-story.js';

const passkey = 'Passkey in Microsoft Authenticator, iPhone';

/** By clicking alone: somebody lost a phone, two people help them, and the case is over when Entra says so. */
describe('a lost phone, seen in the room', () => {
  let code = '';
  const room = roomStory(openRecoveryStage, ['finance', 'manager', 'helpdesk']);
  const { complaints, newest, press, ownView } = room;
  const mine = (text: string) => newest('Leilani Brandvold', text);
  const desk = (text = 'Leilani Brandvold') => newest('Tomasz Okonjeva', text);
  /** The sweeps look, and then the ten seconds are over in which logs may be read five times only. */
  const breathe = async (): Promise<void> => {
    await room.stage.advance('PT21S');
    await room.stage.advance('PT11S');
  };

  it('words open a case, which says what to do at once and who was asked', async () => {
    await breathe();
    const compose = room.page.getByLabel('Message to Latchkey as Leilani Brandvold');
    await compose.fill('I lost my phone');
    await compose.press('Enter');
    await press(mine('A lost phone or computer'), 'I do');
    const card = mine('Help is on its way');
    for (const text of ['What you can do now', 'Olumide Castellane']) await card.getByText(text).waitFor();
    await card.getByRole('button', { name: 'Sign me out everywhere' }).waitFor();
  });

  it('the manager has to say how they know, in one of three ways and a sentence', async () => {
    await room.stage.idle();
    await breathe();
    const card = newest('Olumide Castellane', 'Is it really them?');
    await room.stage.settled('manager');
    await Promise.all([ownView('manager'), room.page.reload()]);
    await press(card, 'Yes, it is them');
    await card.getByText('Please say it in one sentence.').waitFor();
    assert.equal(await card.getByText(/chat or mail/).count(), 1);
    await card.getByLabel('I saw them in a video call').check();
    await card.getByRole('textbox').fill('Saw her on video, and she knew our first project');
    await press(card, 'Yes, it is them');
    await newest('Olumide Castellane', 'You vouched for them').waitFor();
    await mine('The help desk is next').waitFor();
  });

  it('the help desk gets the code in the answer to one press, and loses it with the next', async () => {
    await breathe();
    await desk().getByText('Olumide Castellane').waitFor();
    await press(desk(), 'Make a pass and show it once');
    const box = desk('Read this out')
      .locator('.ac-container')
      .filter({ hasText: /small|capital|digit/ });
    code = (await box.last().locator('.ac-richTextBlock, .ac-textBlock').first().innerText()).trim();
    assert.match(code, /^\S{8}$/);
    await press(desk('Read this out'), 'I have read it out');
    await desk().getByText('The pass was shown once').waitFor();
    assert.ok(!(await room.page.content()).includes(code));
  });

  it('with the code they sign in and register a passkey, and the case sees it', async () => {
    const panel = room.page.getByRole('complementary');
    await room.page.getByRole('heading', { name: 'Sign in with a pass' }).click();
    await panel.getByLabel('Who signs in').selectOption({ label: 'Leilani Brandvold' });
    await panel.getByLabel('What they register').selectOption({ label: passkey });
    await panel.getByLabel('Code').fill(code);
    await panel.getByRole('button', { name: 'Sign in' }).click();
    await panel.getByText(`Registered: ${passkey}`).waitFor();
    await breathe();
    await mine('Almost done').waitFor();
    await mine('One more passkey, please').waitFor();
  });

  it('what was lost is picked and removed, and everything is signed out', async () => {
    await press(desk(), 'Remove what is gone');
    const list = desk('Which of these do they no longer have?');
    for (const gone of [/iPhone 15/, /•••05/]) await list.getByLabel(gone).check();
    await breathe();
    await press(list, 'Remove what I picked');
    await press(desk('What was lost is gone.'), 'Sign out everywhere');
    await desk('nothing is left to do').getByText('Signed out everywhere, by').waitFor();
  });

  it('when the pass is over the case closes, and the manager and security are told', async () => {
    await room.stage.advance('PT1H2M');
    await mine('Case closed').getByText('A new passkey is there').waitFor();
    await newest('Olumide Castellane', 'Back on their feet').waitFor();
    await room.stage.told('security', /Back on their feet/);
  });

  it('the help desk takes the passkey report as a file: asked first, then a link that opens it', async () => {
    const compose = room.page.getByLabel('Message to Latchkey as Tomasz Okonjeva');
    await compose.fill('passkey report');
    await compose.press('Enter');
    await press(desk('Who signs in with a passkey'), 'Get it as a file');
    await press(desk('needs permission to upload this file'), 'Allow');
    const link = desk('In your OneDrive').getByRole('link', { name: /^passkeys-[\d-]+\.csv$/ });
    const [opened] = await Promise.all([room.page.context().waitForEvent('page'), link.click()]);
    await opened.getByText(/Leilani Brandvold,/).waitFor();
    await opened.close();
    // The offer is taken away once the file is there.
    await desk('needs permission to upload').waitFor({ state: 'detached' });
  });

  it('each write had the token of whoever pressed, and the code is on no page', async () => {
    const writes = (await room.stage.sent()).map(({ method, path }) => `${method} ${path.split('/').at(-1)}`);
    assert.equal(writes.length, 4, writes.join(', '));
    await room.page.getByText(/ 4 writes, each with the token of the person who clicked/).waitFor();
    await room.page.reload();
    await mine('Case closed').waitFor();
    assert.ok(!(await room.page.content()).includes(code));
    assert.equal(await room.page.getByText('{{').count(), 0, 'every time is a time');
    assert.deepEqual(complaints, []);
  });
});
