import assert from 'node:assert/strict';
import { openPackagesStage } from '../support/packages-stage.js';
import { roomStory } from './room-story.js';

const reason = 'Summaries of the supplier contracts for project Nord';

/** As a new user would: two people side by side in the room, the real bot behind it. */
describe('the first decision, seen in the room', () => {
  const room = roomStory(openPackagesStage, ['engineer', 'manager']);
  const { complaints, newest, press, ownView } = room;

  it('the engineer writes a sentence and gets the form', async () => {
    const compose = room.page.getByLabel('Message to Latchkey as Ayumi Fernqvist');
    await compose.fill('I need the research assistant');
    await compose.press('Enter');
    await newest('Ayumi Fernqvist', 'AI research assistant - standard')
      .getByLabel('What will you do with it?')
      .waitFor();
  });

  it('an empty reason is stopped in the form, with a sentence', async () => {
    const form = newest('Ayumi Fernqvist', 'AI research assistant - standard');
    await form.getByRole('button', { name: 'Ask for access' }).click();
    await form.getByText(/Please say what you will do|Please write/).waitFor();
    assert.deepEqual(await room.stage.writes(), []);
  });

  it('asking brings a card to the manager, without a reload', async () => {
    const form = newest('Ayumi Fernqvist', 'AI research assistant - standard');
    await form.getByLabel('What will you do with it?').fill(reason);
    await Promise.all([ownView('manager'), press(form, 'Ask for access')]);
    const card = newest('Olumide Castellane', 'Ayumi Fernqvist asks for access');
    await card.getByText(reason).waitFor();
    await card.getByText('You are asked as their manager.').waitFor();
  });

  it('the manager approves, and both cards tell what Entra recorded', async () => {
    const card = newest('Olumide Castellane', 'Ayumi Fernqvist');
    await card.getByRole('textbox').fill('Good luck with Nord');
    await card.getByRole('button', { name: 'Approve' }).click();
    await newest('Olumide Castellane', 'Approved by you').waitFor();
    const status = newest('Ayumi Fernqvist', 'Olumide Castellane approved it');
    await status.getByText('Good luck with Nord').waitFor();
    await newest('Ayumi Fernqvist', 'You have access').waitFor();
  });

  it('the panel shows every write with the token of the person who clicked', async () => {
    await room.page.getByText('2 writes, each with the token of the person who clicked').waitFor();
  });

  it('a reload shows the same, and nothing was complained about', async () => {
    await room.page.reload();
    await newest('Ayumi Fernqvist', 'You have access').waitFor();
    await newest('Olumide Castellane', 'Approved by you').waitFor();
    assert.deepEqual(complaints, []);
  });
});
