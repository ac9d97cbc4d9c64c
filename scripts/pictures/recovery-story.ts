import { setTimeout as pause } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';
import { personByKey } from '../../practice/world/people.js';
import { ownView } from '../browser.js';
import { pane, type Stage, type Telling } from './stage.js';

const words = {
  asks: 'Since this morning, perhaps in the train. I am in the Vienna office, second floor.',
  vouches: 'Saw her on video. She knew what we agreed about the Nord budget on Monday.',
};
const passkey = 'Passkey in Microsoft Authenticator, iPhone';

/** From “I lost my phone” until it is over, as four people see it; then a change that nobody knows of. */
export async function recoveryStory(telling: Telling): Promise<void> {
  await telling.page.setViewportSize({ width: 1500, height: 1900 });
  await askForHelp(telling);
  await vouch(telling);
  await signIn(telling, await readOut(telling));
  await cleanUp(telling);
  await notMe(telling);
  await report(telling);
}

async function askForHelp(telling: Telling): Promise<void> {
  const { page, stage, save } = telling;
  const elsewhere = { person: 'finance', city: 'Lyon', country: 'FR', ip: '192.0.2.44' };
  await stage.tell('/recovery/sign-ins', elsewhere);
  await breathe(stage);
  await see(telling, 'finance', 'manager');
  await say(page, 'finance', 'I lost my phone');
  const help = newest(page, 'finance', 'A lost phone or computer');
  await help.getByRole('textbox').fill(words.asks);
  await save(help, 'recovery-help');
  await press(help, 'I do');
  const card = newest(page, 'finance', 'Help is on its way');
  await card.getByText('Olumide Castellane').waitFor();
  await save(card, 'recovery-case');
}

async function vouch(telling: Telling): Promise<void> {
  const { page, stage, save } = telling;
  const card = newest(page, 'manager', 'Is it really them?');
  await card.getByText('something may be wrong').waitFor();
  await breathe(stage);
  await Promise.all([ownView(page, 'manager'), see(telling, 'finance', 'manager')]);
  await card.getByLabel('I saw them in a video call').check();
  await card.getByRole('textbox').fill(words.vouches);
  await save(card, 'recovery-vouch');
  await press(card, 'Yes, it is them');
  await newest(page, 'manager', 'You vouched for them').waitFor();
}

/** The code is covered: a picture keeps what was shown once. */
async function readOut(telling: Telling): Promise<string> {
  const { page, stage, save } = telling;
  await see(telling, 'helpdesk', 'finance');
  await breathe(stage);
  const card = newest(page, 'helpdesk', 'Leilani Brandvold');
  await card.getByText('Who vouched, and how').waitFor();
  await save(card, 'recovery-issue');
  await press(card, 'Make a pass and show it once');
  const pass = newest(page, 'helpdesk', 'Read this out');
  const box = pass
    .locator('.ac-container')
    .filter({ hasText: /small|capital|digit/ })
    .last();
  await box.waitFor();
  await save(pass, 'recovery-pass', box);
  const code = await box.locator('.ac-richTextBlock, .ac-textBlock').first().innerText();
  await press(pass, 'I have read it out');
  return code.trim();
}

async function signIn({ page, stage, save }: Telling, code: string): Promise<void> {
  await save(newest(page, 'finance', 'How you get in again'), 'recovery-guide');
  const panel = page.getByRole('complementary');
  await page.getByRole('heading', { name: 'Sign in with a pass' }).click();
  await panel.getByLabel('Who signs in').selectOption({ label: 'Leilani Brandvold' });
  await panel.getByLabel('What they register').selectOption({ label: passkey });
  await panel.getByLabel('Code').fill(code);
  await panel.getByRole('button', { name: 'Sign in' }).click();
  await panel.getByText(`Registered: ${passkey}`).waitFor();
  await breathe(stage);
  await newest(page, 'finance', 'Almost done').waitFor();
}

async function cleanUp({ page, stage, save }: Telling): Promise<void> {
  await breathe(stage);
  const card = newest(page, 'helpdesk', 'A new passkey is there.');
  await press(card, 'Remove what is gone');
  const list = newest(page, 'helpdesk', 'Which of these do they no longer have?');
  for (const gone of [/iPhone 15/, /•••05/]) await list.getByLabel(gone).check();
  await save(list, 'recovery-clean-up');
  await press(list, 'Remove what I picked');
  const cleaned = newest(page, 'helpdesk', 'What was lost is gone.');
  await press(cleaned, 'Sign out everywhere');
  await cleaned.getByText('Signed out everywhere, by').waitFor();
  await cleaned.getByText('nothing is left to do').waitFor();
  await save(cleaned, 'recovery-cleaned');
  await stage.tell('/clock', { advance: 'PT1H2M' });
  await save(await shown(newest(page, 'finance', 'Case closed')), 'recovery-closed');
}

async function notMe(telling: Telling): Promise<void> {
  const { page, stage, save } = telling;
  await see(telling, 'appowner', 'security');
  const method = { kind: 'phone', number: '+351 966123456' };
  await stage.tell('/recovery/register-method', { person: 'appowner', by: 'helpdesk', method });
  await breathe(stage);
  const change = await shown(newest(page, 'appowner', 'Was this you?'));
  await save(change, 'recovery-change');
  await press(change, 'No, something is wrong');
  await save(await shown(newest(page, 'security', 'Looked into: close')), 'recovery-incident');
  await say(page, 'security', 'open cases');
  await save(await shown(newest(page, 'security', 'Look first')), 'recovery-board');
}

async function report({ page, stage, save }: Telling): Promise<void> {
  await page.setViewportSize({ width: 1500, height: 2700 });
  await stage.tell('/clock', { advance: 'PT2H' });
  await stage.tell('/clock', { advance: 'PT20S' });
  await say(page, 'security', 'passkey report');
  await save(await shown(newest(page, 'security', 'Who signs in with a passkey')), 'recovery-report');
}

/** The sweeps look, and then the ten seconds are over in which logs may be read five times only. */
async function breathe(stage: Stage): Promise<void> {
  await stage.tell('/clock', { advance: 'PT21S' });
  await pause(2_500);
  await stage.tell('/clock', { advance: 'PT11S' });
}

async function see({ page, stage, theme }: Telling, ...people: readonly string[]): Promise<void> {
  await page.goto(`${stage.url}/?people=${people.join(',')}&panel=on&theme=${theme}`);
}

async function say(page: Page, who: string, text: string): Promise<void> {
  const compose = page.getByLabel(`Message to Latchkey as ${nameOf(who)}`);
  await compose.fill(text);
  await compose.press('Enter');
}

function newest(page: Page, who: string, text: string): Locator {
  return pane(page, nameOf(who)).getByRole('article').filter({ hasText: text }).last();
}

async function shown(card: Locator): Promise<Locator> {
  await card.waitFor();
  return card;
}

async function press(card: Locator, name: string): Promise<void> {
  await card.getByRole('button', { name, exact: true }).click();
}

function nameOf(key: string): string {
  return personByKey(key)?.displayName ?? key;
}
