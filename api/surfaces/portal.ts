import type { ReportBrand } from '../../domain/brand.ts';

/** A client's portal: what is shared with the client, newest first. */
export interface ClientPortal {
  brand: ReportBrand;
  reports: { title: string; domain: string; at: Date; path: string }[];
}
