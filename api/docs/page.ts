import { createHash } from 'node:crypto';

/** Where a page holds: which release, which installations, which plans, which people. */
export interface Availability {
  from: string;
  deployments: string;
  plans: string;
  roles: string;
}

/** A page of the documentation. */
export interface DocsPage {
  /** From the root, such as `/docs/accounts/manage-client-accounts`. */
  path: string;
  title: string;
  /** In one sentence, for lists and for what is shown of a link. */
  summary: string;
  section: string;
  /** What stands under the title: made by us from our own text, so it is taken as it is. */
  html: string;
  availability: Availability | null;
  /** Paths of pages to read next. */
  related: readonly string[];
  /** Names this text of the page: another text, another version. */
  version: string;
}

/** The page with the name of its text. */
export function versioned(page: Omit<DocsPage, 'version'>): DocsPage {
  return { ...page, version: createHash('sha256').update(JSON.stringify(page)).digest('hex').slice(0, 16) };
}
