import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { describeInBrowser, foyerInBrowser } from '../harness/browser.ts';
import { openPerson } from '../harness/person.ts';
import { newTenant } from '../harness/tenant.ts';
import { until } from '../harness/until.ts';

const foyer = await foyerInBrowser();
const { api } = foyer;

describeInBrowser('ten thousand clients', () => {
  test('are scrolled through with a screenful of rows drawn, read a page at a time, and found by a few letters; two that look alike are told', async () => {
    const agency = await newTenant(api, { clientLimit: 10_000 });
    await sql`
      insert into foyer.clients (agency_id, name, state, created_at)
      select ${agency.id}::uuid, 'Client ' || lpad(n::text, 5, '0'), 'active', now() - n * interval '1 second' from generate_series(1, 10000) as n
      union all values (${agency.id}::uuid, 'Zenith', 'active', now() - interval '1 day'), (${agency.id}::uuid, 'ZENITH Ltd', 'active', now() - interval '1 day')
    `.execute(api.database.admin);
    const page = await foyer.openWindow(await openPerson(api, agency.id, { role: 'owner' }));
    await page.goto('/clients');
    const table = page.getByRole('table', { name: 'Client accounts' });
    await table.getByText('Client 00001').waitFor();
    const lastDrawn = async () => Math.max(...(await table.getByText(/^Client \d{5}$/).allTextContents()).map((name) => Number(name.slice('Client '.length))));
    for (const last of [200, 300, 400]) {
      await until(`row ${last} is drawn`, async () => {
        await page.mouse.wheel(0, 1_500);
        return (await lastDrawn()) >= last;
      });
      expect(await table.getByRole('row').count()).toBeLessThan(130);
    }
    await page.getByRole('table', { name: 'Suspected duplicates' }).getByRole('link', { name: 'ZENITH Ltd' }).waitFor();
    await page.getByRole('searchbox', { name: 'Search clients' }).fill('09999');
    await table.getByText('Client 09999').waitFor();
    expect(await table.getByRole('row').count()).toBe(2);
    await page.waitForURL('**/clients?query=*09999*');
    await page.reload();
    await table.getByText('Client 09999').waitFor();
  });
});
