import type { Page } from 'playwright-core';
import { ownView } from '../browser.js';
import { pane, type Telling } from './stage.js';

const reason =
  'The retrieval connector fails since the key rotation; I have to set its new key in the AI settings.';
const words = 'Yes. Only the key, please, and end it when you are done.';
const urgent = 'A signed-in attacker was seen in two accounts. I have to revoke their sessions now.';

/** What was done with it: minutes after the last one, what, on what, and whether it worked. */
const deeds = [
  [6, 'Add service principal credentials', 'Retrieval connector', true],
  [9, 'Update application', 'Retrieval connector', true],
  [4, 'Update role setting in PIM', 'AI Administrator', false],
] as const;

/** An engineer activates a role: the form, the approval, ready, and what its owner sees afterwards; then an emergency. */
export async function rolesStory(telling: Telling): Promise<void> {
  const { page, stage, theme, save } = telling;
  await page.setViewportSize({ width: 1500, height: 1300 });
  await page.goto(`${stage.url}/?people=engineer,security&panel=on&theme=${theme}`);
  const [engineer, security] = [pane(page, 'Ayumi Fernqvist'), pane(page, 'Ingrid Balasuntharam')];
  await say(page, 'My roles');
  const card = engineer.getByRole('article').filter({ hasText: 'AI Administrator' }).last();
  const row = card.locator('.ac-columnSet').filter({ hasText: 'AI Administrator' });
  await row.getByRole('button', { name: 'Activate' }).click();
  await card.getByLabel('What will you do with it?').fill(reason);
  await card.getByLabel('Where is the ticket?').selectOption('ServiceNow');
  await card.getByLabel('Number of the ticket').fill('INC-4711');
  await save(card, 'role-form');
  await card.getByRole('button', { name: 'Ask for it' }).click();
  const asked = ownView(page, 'security');
  await signIn(page);
  await asked;

  const request = security.getByRole('article').filter({ hasText: 'Ayumi Fernqvist' }).last();
  await request.getByRole('textbox').fill(words);
  await save(request, 'role-decide');
  await request.getByRole('button', { name: 'Approve' }).click();
  await card.getByText('Ready to use').waitFor();
  await save(card, 'role-ready');
  await lookBack(telling);
  await emergency(telling);
}

/** Its owner sees what was done with it; not at night, when nobody is written to. */
async function lookBack({ page, stage, theme, save }: Telling): Promise<void> {
  for (const [minutes, activity, on, ok] of deeds) {
    await stage.tell('/clock', { advance: `PT${minutes}M` });
    await stage.tell('/pim/act', { person: 'engineer', activity, on, ok, at: stage.now() });
  }
  for (const advance of ['PT1H', 'PT6H', 'PT6H', 'PT6H']) await stage.tell('/clock', { advance });
  await page.goto(`${stage.url}/?people=manager,security&panel=on&theme=${theme}`);
  const card = pane(page, 'Olumide Castellane').getByRole('article').filter({ hasText: 'did with' }).last();
  await card.getByText('Retrieval connector').first().waitFor();
  await save(card, 'role-look-back');
}

/** A role for emergencies: whoever looks after security hears of it at once, in their channel too. */
async function emergency({ page, stage, theme, save }: Telling): Promise<void> {
  await page.goto(`${stage.url}/?people=engineer,channel-security&panel=on&theme=${theme}`);
  await say(page, 'I need security administrator');
  const card = pane(page, 'Ayumi Fernqvist').getByRole('article').last();
  await card.getByLabel('What will you do with it?').fill(urgent);
  await card.getByRole('button', { name: 'Activate' }).click();
  const post = pane(page, 'Security channel').getByRole('article').last();
  await post.getByText('Security Administrator').first().waitFor();
  await save(post, 'role-emergency');
}

async function say(page: Page, text: string): Promise<void> {
  const compose = page.getByLabel('Message to Latchkey as Ayumi Fernqvist');
  await compose.fill(text);
  await compose.press('Enter');
}

/** The role wants a stronger sign-in: in a window of its own, after which the press goes on by itself. */
async function signIn(page: Page): Promise<void> {
  const [popup] = await Promise.all([
    page.waitForEvent('popup'),
    page.getByRole('button', { name: 'Sign in' }).click(),
  ]);
  await popup.getByRole('button', { name: 'Accept' }).click();
}
