import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { deliverReport } from '../../activities/deliver-report.ts';
import { findingSeverities } from '../../domain/report.ts';
import { accessibilityFaults } from '../harness/axe.ts';
import { describeInBrowser, foyerInBrowser } from '../harness/browser.ts';
import { showLogo } from '../harness/logo.ts';
import { reportInput } from '../harness/project.ts';
import { readyProject, type SharedLinks, shareProject } from '../harness/shared-project.ts';

const foyer = await foyerInBrowser();
const { api } = foyer;
const phone: BrowserContextOptions = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };

const findings = findingSeverities.map((severity) => ({
  severity,
  category: 'Transport security',
  title: `Something ${severity} that a long title tells about, so that it has to go on in the next line of a narrow window`,
  affectedUrl: `https://site.example/${'a-rather-long-path/'.repeat(8)}`,
  evidence: `GET / HTTP/1.1\nx-${'very-long-header-'.repeat(12)}: 1`,
  recommendation: 'Send Strict-Transport-Security with a max-age of at least six months.',
}));

/** A report under a brand, with something to show everywhere. */
async function sharedReport(): Promise<SharedLinks> {
  const project = await readyProject(api, { terms: { whiteLabel: true } });
  const { tenant, projectId } = project;
  await deliverReport(api.database.worker, reportInput({ agencyId: tenant.id, projectId }, { findings, at: new Date(Date.now() + 1).toISOString() }));
  await tenant.put('/brand', { reportBrand: 'Northwind Studio', accentColor: '#ffcc00', footer: 'Harbour Road 4' });
  await showLogo(api.database, tenant.id);
  return shareProject(project);
}

/** What is shared is only looked at. */
const links = await sharedReport();

/** Is there more to the side than the window shows? */
const overflows = (page: Page) => page.evaluate<boolean>('document.documentElement.scrollWidth > document.documentElement.clientWidth');

describeInBrowser('what clients are shown', () => {
  test.each(['portal', 'public', 'print'] as const)('has nothing that axe complains of, wide or on a phone: %s', async (form) => {
    for (const terms of [undefined, phone]) {
      const page = await foyer.openWindow(undefined, terms);
      await page.goto(links[form]);
      for (const summary of await page.locator('summary').all()) await summary.click();
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(await overflows(page)).toBe(false);
    }
  });

  test.each([
    [
      'a link that is gone',
      async () => {
        const project = await readyProject(api);
        const { public: link } = await shareProject(project);
        await project.tenant.put(project.path, { enabled: false });
        return link;
      },
    ],
    ['a link that never was', async () => `${foyer.url}/r/${'x'.repeat(43)}`],
  ])('has nothing that axe complains of: %s', async (_, link) => {
    const page = await foyer.openWindow(undefined, phone);
    await page.goto(await link());
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  test('opens, reads and leads on without any script, and asks nobody else for anything', async () => {
    const page = await foyer.openWindow(undefined, { ...phone, javaScriptEnabled: false });
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(links.portal);
    await page.getByRole('link', { name: 'Website risk report' }).click();
    await page.getByRole('heading', { level: 1, name: 'Website risk report' }).waitFor();
    const finding = page.locator('details').first();
    await finding.locator('summary').click();
    await finding.getByText('What was seen').waitFor();
    await page.getByRole('link', { name: 'For printing' }).click();
    await page.getByRole('heading', { name: 'What this report is' }).waitFor();
    expect(asked.length).toBeGreaterThan(4);
    for (const url of asked) expect(url.startsWith(foyer.url), url).toBe(true);
  });

  test('is printed whole, from either page, without what is only for the screen', async () => {
    const page = await foyer.openWindow();
    await page.emulateMedia({ media: 'print' });
    for (const link of [links.public, links.print]) {
      await page.goto(link);
      for (const evidence of await page.locator('dd.evidence').all()) expect(await evidence.isVisible(), link).toBe(true);
      expect(await page.locator('.forms').isVisible()).toBe(false);
    }
  });

  test('stands under the brand: its accent is what can be read of the colour that was chosen', async () => {
    const page = await foyer.openWindow();
    await page.goto(links.public);
    const color = await page.evaluate<string>(`getComputedStyle(document.querySelector('h2')).color`);
    const [red = 0, green = 0, blue = 255] = color.match(/\d+/g)?.map(Number) ?? [];
    expect(color).not.toBe('rgb(255, 204, 0)');
    expect(red > green && green > blue).toBe(true);
  });
});
