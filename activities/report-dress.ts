import { readEffectiveBrand } from '../db/read/effective-brand.ts';
import { readLogo } from '../db/read/logo.ts';
import type { TenantReader } from '../db/tenant.ts';
import { type ReportBrand, shownBrand } from '../domain/brand.ts';
import type { AgencyId, ClientId } from '../domain/ids.ts';

/** What a client's reports are dressed in. */
export interface ReportDress {
  brand: ReportBrand;
  logoPng: Buffer | undefined;
}

/** The brand that the client's reports carry, its logo as bytes and without an address; undefined where the account is not there. */
export async function readDress(reader: TenantReader, agencyId: AgencyId, clientId: ClientId): Promise<ReportDress | undefined> {
  const effective = await readEffectiveBrand(reader, agencyId, clientId);
  if (!effective) return undefined;
  const { logo } = effective.brand;
  const logoPng = logo ? await readLogo(reader, agencyId, logo.hash) : undefined;
  return { brand: shownBrand(effective.brand, effective.accountName, (hash) => hash), logoPng };
}
