import { expect, test } from 'vitest';
import { accessibilityFaults } from '../harness/axe.ts';
import { describeInBrowser, foyerInBrowser } from '../harness/browser.ts';

const foyer = await foyerInBrowser();
const pages = ['/docs', '/docs/accounts/manage-client-accounts', '/docs/refusals/VALIDATION_FAILED'];
const phone = { width: 360, height: 740 };

describeInBrowser('the documentation', () => {
  test.each(['light', 'dark'] as const)('can be read by everyone, in %s', async (colorScheme) => {
    const page = await foyer.openWindow();
    await page.emulateMedia({ colorScheme });
    for (const path of pages) {
      await page.goto(path);
      expect(await accessibilityFaults(page), path).toEqual([]);
    }
  });

  test('fits a phone: nothing but tables and code scrolls sideways', async () => {
    const page = await foyer.openWindow();
    await page.setViewportSize(phone);
    for (const path of pages) {
      await page.goto(path);
      expect(await page.evaluate<number>('document.documentElement.scrollWidth'), path).toBeLessThanOrEqual(phone.width);
    }
  });

  test('is read and answered without script: from the front page to a page, and into the queue that whoever has the operator’s key works off', async () => {
    const page = await foyer.openWindow(undefined, { javaScriptEnabled: false });
    await page.goto('/docs');
    await page.getByRole('main').getByRole('link', { name: 'Manage client accounts' }).click();
    await page.getByRole('heading', { name: 'Manage client accounts' }).waitFor();
    await page.getByLabel('No', { exact: true }).check();
    await page.getByLabel(/What was missing/).fill('a picture of the form');
    await page.getByRole('button', { name: 'Send feedback' }).click();
    await page.getByRole('heading', { name: 'Thank you' }).waitFor();
    const said = () => foyer.api.database.admin.selectFrom('docs_feedback').select(['page', 'helpful', 'comment', 'state', 'note']).execute();
    const word = { page: '/docs/accounts/manage-client-accounts', helpful: false, comment: 'a picture of the form' };
    expect(await said()).toEqual([{ ...word, state: 'open', note: null }]);

    const staff = await foyer.openWindow();
    await staff.goto('/operator/feedback');
    await staff.getByLabel('Operator key').fill('not the key');
    await staff.getByRole('button', { name: 'Open the queue' }).click();
    await staff.getByRole('alert').waitFor();
    await staff.getByLabel('Operator key').fill(foyer.api.operatorKey);
    await staff.getByRole('button', { name: 'Open the queue' }).click();
    await staff.getByText('a picture of the form').waitFor();
    expect(await accessibilityFaults(staff)).toEqual([]);
    expect(await staff.evaluate('localStorage.length + sessionStorage.length + document.cookie.length')).toBe(0);
    await staff.getByLabel(/^What became of/).fill('There is one now.');
    await staff.getByRole('button', { name: 'Done' }).click();
    await staff.getByText('Nothing here').waitFor();
    expect(await said()).toEqual([{ ...word, state: 'done', note: 'There is one now.' }]);
  });
});
