import type { Page } from 'playwright-core';

/** A picture of the running app, as the README or the guide shows it. */
export interface Picture {
  /** From the root of the project. */
  file: string;
  /** Where it is taken; what it shows of the page, the whole window if nothing is said. */
  path: string;
  of?: (page: Page) => ReturnType<Page['locator']>;
  /** What is done there first. */
  prepare?: (page: Page) => Promise<void>;
  height?: number;
  colorScheme?: 'light' | 'dark';
}

const region = (name: string) => (page: Page) => page.getByRole('region', { name, exact: true });

/** Every picture that pages show: what is not here is not shown, and the other way round. In the order in which they are taken. */
export const pictures: Picture[] = [
  { file: 'docs/images/agency.png', path: '/agency', height: 1000 },
  { file: 'docs/guide/images/agency-workspaces.png', path: '/agency', of: region('Agency workspaces') },
  { file: 'docs/guide/images/client-project.png', path: '/agency', of: region('Client project'), height: 1900 },
  { file: 'docs/guide/images/client-accounts.png', path: '/clients', of: region('Client accounts') },
  { file: 'docs/guide/images/brand.png', path: '/settings/brand', of: region('Brand') },
  { file: 'docs/guide/images/people.png', path: '/settings/people', height: 620 },
  { file: 'docs/guide/images/onboarding-timeline.png', path: '/clients', of: region('Onboarding'), prepare: (page) => openClient(page, 'Elm and Sons') },
  { file: 'docs/images/onboardings.png', path: '/onboardings', colorScheme: 'dark', height: 520 },
  { file: 'docs/guide/images/import-preview.png', path: '/imports', height: 780, prepare: chooseFile },
  { file: 'docs/guide/images/create-client-account.png', path: '/agency', of: region('Create client account'), prepare: createClient },
  { file: 'docs/guide/images/crm-connection.png', path: '/settings/crm', height: 1000, prepare: connectCrm },
  { file: 'docs/images/onboarding-in-temporal.png', path: '/clients', height: 960, prepare: openInTemporal },
];

async function openClient(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name, exact: true }).click();
  await region('Onboarding')(page).getByRole('listitem').first().waitFor();
}

/** The way that operators take from the page of a client. */
async function openInTemporal(page: Page): Promise<void> {
  await openClient(page, 'Elm and Sons');
  await page.goto((await page.getByRole('link', { name: 'Open in the Temporal UI' }).getAttribute('href')) ?? '');
  // It leads on to the run by itself, and would take back what was chosen before.
  await page.waitForURL(/\/timeline$/);
  await page.getByText('User Metadata').click();
  // What people wrote stands in a frame of its own.
  await page.locator('iframe').last().contentFrame().getByText('What to do').waitFor();
}

async function createClient(page: Page): Promise<void> {
  const form = region('Create client account')(page);
  await form.getByLabel('Client account', { exact: true }).fill('Fern and Daughters');
  await form.getByLabel('Client contact email').fill('hello@fern.example');
  await form.getByLabel('External reference').fill('HS-1101');
  await form.getByRole('button', { name: 'Create client account' }).click();
  await form.getByRole('listitem').filter({ hasText: 'Assign project waiting' }).waitFor();
}

async function chooseFile(page: Page): Promise<void> {
  const rows = [
    'name,contactEmail,externalReference,domain,phone',
    'Gorse and Daughters,ops@gorse.example,HS-2001,gorse.example,1',
    'Heather Ltd,hello@heather.example,HS-2002,,2',
    'Juniper,ops at juniper,HS-2003,,3',
    'Heather,,HS-2004,,4',
    'Larch & Sons,,HS-2005,,5',
  ];
  await page.locator('input[type=file]').setInputFiles({ name: 'clients.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\n')) });
  await page.getByRole('table', { name: 'Rows' }).waitFor();
}

async function connectCrm(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Connect a CRM' }).click();
  await page.getByRole('button', { name: 'I have kept it' }).click();
  await page.getByRole('button', { name: 'Send a test event' }).first().click();
  await page.getByRole('table', { name: 'Last deliveries' }).first().waitFor();
}
