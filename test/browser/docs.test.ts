import { expect, test } from 'vitest';
import { accessibilityFaults } from '../harness/axe.ts';
import { describeInBrowser, foyerInBrowser } from '../harness/browser.ts';

const foyer = await foyerInBrowser();
const pages = ['/docs', '/docs/accounts/manage-client-accounts', '/docs/refusals/VALIDATION_FAILED'];
const phone = { viewport: { width: 360, height: 740 } };

describeInBrowser('the documentation', () => {
  test.each(['light', 'dark'] as const)('can be read by everyone, in %s', async (colorScheme) => {
    const page = await foyer.openWindow(undefined, { colorScheme });
    for (const path of pages) {
      await page.goto(path);
      expect(await accessibilityFaults(page), path).toEqual([]);
    }
  });

  test('fits a phone: nothing but tables and code scrolls sideways', async () => {
    const page = await foyer.openWindow(undefined, phone);
    for (const path of pages) {
      await page.goto(path);
      expect(await page.evaluate<number>('document.documentElement.scrollWidth'), path).toBeLessThanOrEqual(phone.viewport.width);
    }
  });

  test('is read and answered without script: from the front page to a page, and into the review queue', async () => {
    const page = await foyer.openWindow(undefined, { javaScriptEnabled: false });
    await page.goto('/docs');
    await page.getByRole('main').getByRole('link', { name: 'Manage client accounts' }).click();
    await page.getByRole('heading', { name: 'Manage client accounts' }).waitFor();
    await page.getByLabel('No', { exact: true }).check();
    await page.getByLabel(/What was missing/).fill('a picture of the form');
    await page.getByRole('button', { name: 'Send feedback' }).click();
    await page.getByRole('heading', { name: 'Thank you' }).waitFor();
    const said = await foyer.api.database.admin.selectFrom('docs_feedback').select(['page', 'helpful', 'comment']).execute();
    expect(said).toEqual([{ page: '/docs/accounts/manage-client-accounts', helpful: false, comment: 'a picture of the form' }]);
  });
});
