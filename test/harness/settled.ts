import type { Page } from 'playwright-core';

/** Until nothing is on its way to the page any more, but for the streams that stay. */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor({ state: 'attached' });
  await page.locator('.mantine-Skeleton-root, .mantine-Loader-root').first().waitFor({ state: 'detached' });
}
