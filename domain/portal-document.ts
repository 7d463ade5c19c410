import type { ReportBrand } from './brand.ts';
import { legalBoundary, longDate } from './report-document.ts';

/** A report that is shared with a client, as the client's portal lists it. */
export interface PortalReport {
  title: string;
  domain: string;
  /** When the report was made. */
  at: Date;
  /** Where its page is. */
  path: string;
}

/** A client's portal in the words in which it is shown. */
export interface PortalDocument {
  brand: ReportBrand;
  /** Of the window. */
  pageTitle: string;
  heading: string;
  count: string;
  reports: { title: string; domain: string; date: string; path: string }[];
  boundary: { heading: string; paragraphs: string[] };
}

/** Puts what is shared with a client into words, under a brand; in the order given. */
export function composePortal(reports: readonly PortalReport[], brand: ReportBrand): PortalDocument {
  return {
    brand,
    pageTitle: `Your reports, ${brand.reportBrand}`,
    heading: 'Your reports',
    count: howManyReports(reports.length),
    reports: reports.map(({ title, domain, at, path }) => ({ title, domain, date: longDate(at), path })),
    boundary: { heading: 'What these reports are', paragraphs: [...legalBoundary] },
  };
}

/** How many reports a portal says that it lists. */
export function howManyReports(count: number): string {
  return `${count === 1 ? 'One report is' : `${count} reports are`} shared with you.`;
}
