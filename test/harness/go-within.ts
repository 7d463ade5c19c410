import type { Page } from 'playwright-core';

/** To another screen of the app that the window shows, as its links lead there: to load the app anew takes ten times the processor time. */
export async function goWithin(page: Page, address: string): Promise<void> {
  await page.evaluate(`(async () => {
    const router = __TSR_ROUTER__;
    await router.navigate({ href: ${JSON.stringify(address)} });
    // Until it is drawn in the place of the one before it.
    while (router.state.resolvedLocation !== router.state.location) await new Promise(requestAnimationFrame);
  })()`);
}
