import type { BrandRecord, EffectiveBrand } from '../../db/read/effective-brand.ts';
import type { AgencyId, ClientId } from '../../domain/ids.ts';

/** Whose brand it is: the agency's where no client is named. */
export interface BrandOwner {
  agencyId: AgencyId;
  clientId: ClientId | null;
}

/** What the owner itself has set. */
export function ownBrand({ clientId }: BrandOwner, { agency, client }: EffectiveBrand): BrandRecord {
  return clientId ? client : agency;
}
