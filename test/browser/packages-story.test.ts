import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { openPackagesStage } from '../support/packages-stage.js';
import { roomStory } from './room-story.js';

const reason = 'Agents that sort the supplier contracts of project Nord';
const words = {
  manager: 'This is planned, but keep the drafts out of the mailboxes',
  owner: 'Write to me before you connect anything restricted',
};

/** As an engineer and two approvers would, one after the other, in the room with the real bot behind it. */
describe('a package with questions and two stages, seen in the room', () => {
  const room = roomStory(openPackagesStage, ['engineer', 'manager', 'appowner']);
  const { complaints, newest, press, ownView } = room;
  const mine = (): Locator => newest('Ayumi Fernqvist', 'AI agent workshop');
  const decides = async (name: string, what: { stage: string; comment: string }): Promise<Locator> => {
    const card = newest(name, 'Ayumi Fernqvist');
    for (const text of [reason, what.stage, 'NORD-12', 'Public, Internal']) {
      await card.getByText(text, { exact: true }).first().waitFor();
    }
    await card.getByRole('textbox').fill(what.comment);
    return card;
  };

  it('the engineer chooses one of two ways, and gets a field for each question', async () => {
    const compose = room.page.getByLabel('Message to Latchkey as Ayumi Fernqvist');
    await compose.fill('I need the agent workshop');
    await compose.press('Enter');
    const way = mine().locator('.ac-columnSet').filter({ hasText: 'For a project' });
    await way.getByText('4 questions').waitFor();
    await way.getByRole('button').click();
    for (const label of ['Which project is it for?', 'What will the agents do?', 'Where will they run?']) {
      await mine().getByLabel(label).waitFor();
    }
  });

  it('an answer in the wrong form is stopped at its field, with a sentence, and nothing is sent', async () => {
    const form = mine();
    await form.getByLabel('What will you do with it?').fill(reason);
    await form.getByLabel('Which project is it for?').fill('Nord 12');
    await form.getByLabel('Where will they run?').selectOption({ label: 'Vienna' });
    for (const data of ['Public', 'Internal']) await form.getByLabel(data, { exact: true }).check();
    await press(form, 'Ask for access');
    await form.getByText('Please answer this in the form that your organisation asks for.').waitFor();
    assert.deepEqual(await room.stage.writes(), []);
  });

  it('the manager reads the answers as the first of two, and the card of the second comes only then', async () => {
    await mine().getByLabel('Which project is it for?').fill('NORD-12');
    await Promise.all([ownView('manager'), press(mine(), 'Ask for access')]);
    await mine().getByText('Waiting for a decision').waitFor();
    const card = await decides('Olumide Castellane', { stage: '1 of 2', comment: words.manager });
    assert.equal(await newest('Wanjiru Halvorsen', 'Ayumi Fernqvist').count(), 0);
    await Promise.all([ownView('appowner'), press(card, 'Approve')]);
    await newest('Olumide Castellane', 'Approved for now by you').waitFor();
  });

  it('the second approver reads what the first one said, and the engineer too', async () => {
    await mine().getByText(words.manager).waitFor();
    const card = await decides('Wanjiru Halvorsen', { stage: '2 of 2', comment: words.owner });
    await card.getByText('Stage 1: approved by Olumide Castellane').waitFor();
    await card.getByText(words.manager).waitFor();
    await press(card, 'Approve');
    await newest('Wanjiru Halvorsen', 'Approved by you').waitFor();
  });

  it('the card of the engineer ends with the access, both words, and what it opens', async () => {
    const card = newest('Ayumi Fernqvist', 'You have access');
    for (const text of [words.manager, words.owner, 'AI Agent Studio', 'Vienna']) {
      await card.getByText(text).first().waitFor();
    }
    await card.getByRole('link', { name: 'Open Agent workshop' }).waitFor();
  });

  it('the panel shows three writes, each with the token of the person who clicked', async () => {
    await room.page.getByText(/ 3 writes, each with the token of the person who clicked/).waitFor();
  });

  it('a reload shows the same, and nothing was complained about', async () => {
    await room.page.reload();
    await newest('Ayumi Fernqvist', 'You have access').waitFor();
    await newest('Olumide Castellane', 'Ayumi Fernqvist').waitFor();
    assert.equal(await room.page.getByText('{{').count(), 0, 'every time is a time');
    assert.deepEqual(complaints, []);
  });
});
