import { sql } from 'kysely';
import type { BrandRecord } from '../../db/read/effective-brand.ts';
import type { TenantTransaction } from '../../db/tenant.ts';
import type { AgencyId } from '../../domain/ids.ts';
import type { RenderedLogo } from '../logo/draw-logo.ts';
import type { BrandOwner } from './brand-owner.ts';

export async function storeLogo(tx: TenantTransaction, agencyId: AgencyId, logo: RenderedLogo): Promise<void> {
  await tx
    .insertInto('logos')
    .values({ agency_id: agencyId, ...logo })
    .onConflict((conflict) => conflict.columns(['agency_id', 'hash']).doNothing())
    .execute();
}

export async function storeBrand(tx: TenantTransaction, { agencyId, clientId }: BrandOwner, brand: BrandRecord): Promise<void> {
  const columns = {
    report_brand: brand.reportBrand,
    logo_hash: brand.logo && Buffer.from(brand.logo.hash, 'hex'),
    accent_color: brand.accentColor,
    footer: brand.footer,
    version: brand.version,
    updated_at: sql<Date>`now()`,
  };
  if (clientId) {
    await tx
      .insertInto('client_brands')
      .values({ agency_id: agencyId, client_id: clientId, ...columns })
      .onConflict((conflict) => conflict.columns(['agency_id', 'client_id']).doUpdateSet(columns))
      .execute();
  } else {
    await tx
      .insertInto('brands')
      .values({ agency_id: agencyId, ...columns })
      .onConflict((conflict) => conflict.column('agency_id').doUpdateSet(columns))
      .execute();
  }
}
