import { type EffectiveBrand, readEffectiveBrand } from '../../db/read/effective-brand.ts';
import type { TenantReader } from '../../db/tenant.ts';
import { refused } from '../refused.ts';
import type { BrandOwner } from './brand-owner.ts';

/** The brand of the agency, or of its client; `NOT_FOUND` where there is no such client. */
export async function findBrand(reader: TenantReader, { agencyId, clientId }: BrandOwner): Promise<EffectiveBrand> {
  const found = await readEffectiveBrand(reader, agencyId, clientId);
  if (!found || (clientId && !found.clientState)) throw refused('NOT_FOUND');
  return found;
}
