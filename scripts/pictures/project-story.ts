import type { Locator, Page } from 'playwright-core';
import { day } from '../../src/base/clock.js';
import { pane, type Stage, type Telling } from './stage.js';

const names = {
  engineer: 'Ayumi Fernqvist',
  manager: 'Olumide Castellane',
  appowner: 'Wanjiru Halvorsen',
  security: 'Ingrid Balasuntharam',
  guest: 'Rafael Dunmore-Tiwari',
} as const;
type Who = keyof typeof names;

const reason =
  'Agents that sort the supplier contracts of project Nord, and draft the answers for the buyers.';
const words = {
  manager: 'Yes, this is planned. Please keep the drafts out of the mailboxes until the pilot is over.',
  owner: 'The studio is open for you. Write to me before you connect anything restricted.',
  redteam: 'Agreed for the test before Nord goes live.',
} as const;

/** All that a package can ask for and become: questions, two stages, escalation, the end, the owner's look, a guest. */
export async function projectStory(telling: Telling): Promise<void> {
  await telling.page.setViewportSize({ width: 1500, height: 1500 });
  await askForProject(telling);
  await decideTwice(telling);
  await escalate(telling);
  await ending(telling);
  await ownersLook(telling);
  await askAsGuest(telling);
}

async function askForProject(telling: Telling): Promise<void> {
  const { page, save } = telling;
  await see(telling, 'engineer', 'manager');
  await say(page, 'engineer', 'I need the agent workshop');
  const card = newest(page, 'engineer', 'AI agent workshop');
  const way = card.locator('.ac-columnSet').filter({ hasText: 'For a project' });
  await way.getByRole('button').click();
  await card.getByLabel('What will you do with it?').fill(reason);
  const project = card.getByLabel('Which project is it for?');
  await project.fill('Nord 12');
  await card.getByLabel('What will the agents do?').fill('Sort contracts by supplier; draft, never send.');
  await card.getByLabel('Where will they run?').selectOption({ label: 'Vienna' });
  for (const data of ['Public', 'Internal']) await card.getByLabel(data, { exact: true }).check();
  await card.getByRole('button', { name: 'Ask for access' }).click();
  await card
    .getByText(/does not (have|fit)|not in the form|Please/)
    .first()
    .waitFor();
  await save(card, 'package-form');
  await project.fill('NORD-12');
  await card.getByRole('button', { name: 'Ask for access' }).click();
  await card.getByText('Waiting for a decision').waitFor();
}

async function decideTwice(telling: Telling): Promise<void> {
  const { page, save } = telling;
  const first = newest(page, 'manager', names.engineer);
  await first.getByRole('textbox').fill(words.manager);
  await first.getByRole('button', { name: 'Approve' }).click();
  await first.getByText('Approved for now by you').waitFor();
  await see(telling, 'engineer', 'appowner');
  const waiting = newest(page, 'engineer', 'AI agent workshop');
  const second = newest(page, 'appowner', names.engineer);
  await second.getByRole('textbox').fill(words.owner);
  await save(second, 'package-decide');
  await second.getByRole('button', { name: 'Approve' }).click();
  await waiting.getByText('You have access').waitFor();
  await save(waiting, 'package-delivered');
}

/** Two days later the stage has more approvers. */
async function escalate(telling: Telling): Promise<void> {
  const { page, stage, save } = telling;
  await see(telling, 'engineer', 'manager');
  await say(page, 'engineer', 'I need the red team data');
  const card = newest(page, 'engineer', 'AI red team data');
  await card
    .getByLabel('What will you do with it?')
    .fill('Trying the known attacks on Nord before it goes live.');
  await card.getByRole('button', { name: 'Ask for access' }).click();
  const first = newest(page, 'manager', 'AI red team data');
  await first.getByRole('textbox').fill(words.redteam);
  await first.getByRole('button', { name: 'Approve' }).click();
  await first.getByText('Approved for now by you').waitFor();
  await card.getByText(names.security).first().waitFor();
  await save(card, 'package-waiting');
  await stage.tell('/clock', { advance: 'P2DT1M' });
  await see(telling, 'engineer', 'appowner');
  const later = newest(page, 'appowner', 'AI red team data');
  await later.getByText(/because nobody decided in time/).waitFor();
  await save(later, 'package-escalated-decide');
  const status = newest(page, 'engineer', 'AI red team data');
  await status.getByText(names.appowner).first().waitFor();
  await save(status, 'package-escalated');
}

async function ending(telling: Telling): Promise<void> {
  const { page, stage, save } = telling;
  await hold(stage, 'elevated', { person: 'engineer' }, 4);
  for (const advance of ['P1D', 'PT8H', 'PT8H']) await stage.tell('/clock', { advance });
  await see(telling, 'engineer', 'security');
  const notice = newest(page, 'engineer', 'Your access ends soon');
  await notice.getByText('elevated connectors').first().waitFor();
  await save(notice, 'package-ending');
  await say(page, 'engineer', 'What do I have?');
  const mine = newest(page, 'engineer', 'What you hold');
  await mine.getByText('AI agent workshop').first().waitFor();
  await save(mine, 'package-mine');
}

async function ownersLook(telling: Telling): Promise<void> {
  const { page, stage, save } = telling;
  await hold(stage, 'workshop', { person: 'operator' }, 9);
  const startsAt = daysFrom(stage, -120);
  for (const person of ['dormant', 'librarian', 'finance']) {
    await hold(stage, 'workshop', { person, startsAt }, 40);
  }
  await see(telling, 'security', 'appowner');
  await say(page, 'security', 'Who has which package?');
  const list = newest(page, 'security', 'AI agent workshop');
  await list
    .locator('.ac-columnSet')
    .filter({ hasText: 'AI agent workshop' })
    .getByRole('button')
    .first()
    .click();
  await newest(page, 'security', 'Last sign-in').waitFor();
  await save(newest(page, 'security', 'Last sign-in'), 'package-owned');
}

async function askAsGuest(telling: Telling): Promise<void> {
  const { page, save } = telling;
  await see(telling, 'guest', 'manager');
  await say(page, 'guest', 'I need the partner prompt desk');
  const form = newest(page, 'guest', 'Partner prompt desk');
  await form.getByLabel('What will you do with it?').fill('Reviewing the prompts for the Fabrikam pilot.');
  await save(form, 'package-guest');
}

async function see({ page, stage, theme }: Telling, ...people: readonly Who[]): Promise<void> {
  await page.goto(`${stage.url}/?people=${people.join(',')}&panel=on&theme=${theme}`);
}

async function say(page: Page, who: Who, text: string): Promise<void> {
  const compose = page.getByLabel(`Message to Latchkey as ${names[who]}`);
  await compose.fill(text);
  await compose.press('Enter');
}

function newest(page: Page, who: Who, text: string): Locator {
  return pane(page, names[who]).getByRole('article').filter({ hasText: text }).last();
}

async function hold(stage: Stage, packageKey: string, whom: object, days: number): Promise<void> {
  const endsAt = daysFrom(stage, days);
  await stage.tell('/packages/hold', { ...whom, package: packageKey, endsAt });
}

function daysFrom(stage: Stage, days: number): string {
  return new Date(Date.parse(stage.now()) + days * day).toISOString();
}
