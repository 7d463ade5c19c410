import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { renderGuide } from './markdown.ts';
import { type Availability, type DocsPage, versioned } from './page.ts';

/** The texts and pictures of the guide. */
export const guideDirectory = join(import.meta.dirname, '..', '..', 'docs', 'guide');

interface GuideEntry {
  /** Below `/docs`, and as a file with `.md` in `docs/guide`. */
  path: string;
  section: string;
  plans: string;
  roles: string;
  related: readonly string[];
}

const everywhere = { from: '0.1', deployments: 'Embedded, Docker Compose, cloud' };
const managers = 'Owners and admins change, viewers read';

/** The guide in the order of its reading. */
const entries: readonly GuideEntry[] = [
  {
    path: 'accounts/manage-client-accounts',
    section: 'Accounts',
    plans: 'Every agency plan; a direct account has no client accounts',
    roles: managers,
    related: ['accounts/white-label-controls', 'accounts/share-client-reports', 'refusals/CLIENT_LIMIT_REACHED', 'refusals/AGENCY_ACCOUNT_REQUIRED'],
  },
  {
    path: 'accounts/share-client-reports',
    section: 'Accounts',
    plans: 'Every agency plan that is not past due or cancelled',
    roles: managers,
    related: ['accounts/manage-client-accounts', 'accounts/white-label-controls', 'refusals/REPORT_NOT_READY', 'refusals/SHARE_EXPIRED'],
  },
  {
    path: 'accounts/white-label-controls',
    section: 'Accounts',
    plans: 'Agency plans with white label',
    roles: managers,
    related: ['accounts/share-client-reports', 'accounts/manage-client-accounts', 'refusals/WHITE_LABEL_NOT_ELIGIBLE', 'refusals/LOGO_UNSAFE'],
  },
  {
    path: 'accounts/people-and-roles',
    section: 'Accounts',
    plans: 'Every plan',
    roles: 'Owners, and admins for everyone but owners',
    related: ['accounts/manage-client-accounts', 'api/quick-start', 'refusals/AGENCY_ROLE_REQUIRED'],
  },
  {
    path: 'integrations/connect-a-crm',
    section: 'Integrations',
    plans: 'Every agency plan',
    roles: 'Owners and admins',
    related: ['accounts/manage-client-accounts', 'api/quick-start', 'refusals/UNAUTHENTICATED'],
  },
  {
    path: 'integrations/import-clients',
    section: 'Integrations',
    plans: 'Every agency plan',
    roles: 'Owners and admins who see all clients',
    related: ['accounts/manage-client-accounts', 'integrations/connect-a-crm', 'refusals/VALIDATION_FAILED', 'refusals/CLIENT_LIMIT_REACHED'],
  },
  {
    path: 'api/quick-start',
    section: 'API',
    plans: 'Every agency plan',
    roles: 'Owners and admins make keys',
    related: ['integrations/connect-a-crm', 'refusals', 'refusals/IDEMPOTENCY_KEY_REUSED'],
  },
];

/** Reads the guide. Throws where a page of it is missing or not in form, so that an installation without it does not start. */
export async function readGuide(): Promise<DocsPage[]> {
  return Promise.all(entries.map(readEntry));
}

async function readEntry({ path, section, plans, roles, related }: GuideEntry): Promise<DocsPage> {
  const text = renderGuide(await readFile(join(guideDirectory, `${path}.md`), 'utf8'));
  const availability: Availability = { ...everywhere, plans, roles };
  return versioned({ ...text, path: `/docs/${path}`, section, availability, related: related.map((page) => `/docs/${page}`) });
}
