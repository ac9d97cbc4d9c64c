import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { openPimStage } from '../support/pim-stage.js';
import { roomStory } from './room-story.js';

const reason = 'The retrieval connector fails since the key rotation; I set its new key';
const words = 'Only the key, please, and end it when you are done';

/** As an engineer and an approver would, side by side in the room, with the real bot behind it. */
describe('a role for an hour, seen in the room', () => {
  const room = roomStory(openPimStage, ['engineer', 'security']);
  const { complaints, newest, press, ownView } = room;
  const mine = (text: string): Locator => newest('Ayumi Fernqvist', text);

  it('the engineer sees what each role lets them do, and gets the form of one', async () => {
    const compose = room.page.getByLabel('Message to Latchkey as Ayumi Fernqvist');
    await compose.fill('My roles');
    await compose.press('Enter');
    const row = mine('Your roles').locator('.ac-columnSet').filter({ hasText: 'AI Administrator' });
    await row.getByText('Change every setting of the AI services').waitFor();
    await press(row, 'Activate');
    await mine('Ask for AI Administrator').getByText('a stronger one').waitFor();
  });

  it('the form stops an empty reason, with a sentence', async () => {
    const form = mine('Ask for AI Administrator');
    await press(form, 'Ask for it');
    await form.getByText('Please say what you will do with it.').waitFor();
    assert.deepEqual(await room.stage.writes(), []);
  });

  it('asking opens the window for the stronger sign-in, and goes on by itself afterwards', async () => {
    const form = mine('Ask for AI Administrator');
    await form.getByLabel('What will you do with it?').fill(reason);
    await form.getByLabel('Where is the ticket?').selectOption('ServiceNow');
    await form.getByLabel('Number of the ticket').fill('INC-4711');
    await press(form, 'Ask for it');
    await form.getByText('Your organisation asks for a stronger sign-in').waitFor();
    const [popup] = await Promise.all([room.page.waitForEvent('popup'), press(form, 'Sign in')]);
    await popup.getByText('You are signed in as Ayumi Fernqvist').waitFor();
    const asked = ownView('security');
    await Promise.all([popup.waitForEvent('close'), press(popup.locator('body'), 'Accept')]);
    await asked;
    await mine('Waiting for approval').getByText('Ingrid Balasuntharam').waitFor();
  });

  it('the approver reads who, what and why, and approves with a word', async () => {
    const card = newest('Ingrid Balasuntharam', 'Ayumi Fernqvist asks for AI Administrator');
    for (const text of [reason, 'ServiceNow INC-4711', '1 hour', 'The first time']) {
      await card.getByText(text).first().waitFor();
    }
    await card.getByRole('textbox').fill(words);
    await press(card, 'Approve');
    await newest('Ingrid Balasuntharam', 'Approved by you').waitFor();
  });

  it('the engineer is told when it works, not before, and until when they have it', async () => {
    const card = mine('Ready to use');
    await card.getByText(/\d+ minutes left|1 hour left/).waitFor();
    await card.getByText(words).waitFor();
    await card.getByText(/Entra lets you end it from \d/).waitFor();
  });

  it('the panel shows both writes with the token of the person who clicked, and one active role', async () => {
    await room.page.getByText(/ 2 writes, each with the token of the person who clicked/).waitFor();
    await room.page.getByText('Active', { exact: true }).waitFor();
  });

  it('a reload shows the same, and nothing was complained about', async () => {
    await room.page.reload();
    await mine('Ready to use').waitFor();
    await newest('Ingrid Balasuntharam', 'Approved by you').waitFor();
    assert.equal(await room.page.getByText('{{').count(), 0, 'every time is a time');
    assert.deepEqual(complaints, []);
  });
});
