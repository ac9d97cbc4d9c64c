import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { visitRecovery } from '../practice/recovery-visit.js';
import { inBrowser } from './in-browser.js';

describe('a pass in the practice room', () => {
  let page: Page;
  const opened = inBrowser(visitRecovery, async ({ stage, open }) => {
    page = await open(`${stage.url}/?as=finance&panel=on`);
    await page.getByRole('heading', { name: 'Sign in with a pass' }).click();
  });

  const panel = (): Locator => page.getByRole('complementary');
  async function signIn(code: string): Promise<void> {
    await panel().getByLabel('Who signs in').selectOption({ label: 'Leilani Brandvold' });
    await panel().getByLabel('What they register').selectOption({ label: 'YubiKey 5C NFC (firmware 5.7)' });
    await panel().getByLabel('Code').fill(code);
    await panel().getByRole('button', { name: 'Sign in' }).click();
  }

  it('says why a wrong code does not work', async () => {
    await signIn('AbCdEf12');
    await panel().getByText('There is no Temporary Access Pass for this person.').waitFor();
  });

  it('registers a key with the right one, and never shows the code', async () => {
    const { body } = await opened.stage.makePass('helpdesk', 'finance', { isUsableOnce: true });
    const code: string = body.temporaryAccessPass;
    await panel()
      .getByRole('group', { name: 'Pass of Leilani Brandvold' })
      .getByText('Can be used')
      .waitFor();
    await signIn(code);
    await panel().getByText('Registered: YubiKey 5C NFC (firmware 5.7).').waitFor();
    await panel()
      .getByRole('group', { name: 'Pass of Leilani Brandvold' })
      .getByText('Used', { exact: true })
      .waitFor();
    assert.equal(await panel().getByLabel('Code').inputValue(), '');
    assert.ok(!(await page.content()).includes(code));
    assert.ok(
      (await opened.stage.methodsOf('finance')).some(({ displayName }) => /YubiKey/.test(displayName)),
    );
  });

  it('runs without a complaint of the browser', () => {
    // The refused code is the only call that may fail.
    assert.deepEqual(
      opened.complaints.filter((text) => !/\b400\b/.test(text)),
      [],
    );
  });
});
