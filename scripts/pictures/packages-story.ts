import { ownView } from '../browser.js';
import { pane, type Telling } from './stage.js';

const reason = 'Summaries of the supplier contracts for project Nord, until the end of the quarter.';
const words = 'Good luck with Nord. Restricted documents need the elevated package.';

/** An engineer asks for a package, and the manager approves it. */
export async function packagesStory({ page, stage, theme, save }: Telling): Promise<void> {
  await page.goto(`${stage.url}/?people=engineer,manager&panel=on&theme=${theme}`);
  const [engineer, manager] = [pane(page, 'Ayumi Fernqvist'), pane(page, 'Olumide Castellane')];
  const compose = page.getByLabel('Message to Latchkey as Ayumi Fernqvist');
  await compose.fill('I need the research assistant');
  await compose.press('Enter');
  const form = engineer.getByRole('article').filter({ hasText: 'AI research assistant - standard' }).last();
  await form.getByLabel('What will you do with it?').fill(reason);
  await save(form, 'ask');
  await Promise.all([ownView(page, 'manager'), form.getByRole('button', { name: 'Ask for access' }).click()]);

  const request = manager.getByRole('article').filter({ hasText: 'Ayumi Fernqvist' }).last();
  await request.getByRole('textbox').fill(words);
  await save(request, 'decide');
  await request.getByRole('button', { name: 'Approve' }).click();

  await form.getByText(words).waitFor();
  await form
    .getByText(/You have it|ready/i)
    .first()
    .waitFor();
  await save(form, 'status');
  await save(request, 'decided');
  await save(page, 'room');
}
