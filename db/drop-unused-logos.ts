import { sql } from 'kysely';
import type { AgencyId } from '../domain/ids.ts';
import type { TenantTransaction } from './tenant.ts';

/** One change of an agency's brands at a time, until the transaction ends: no logo is dropped while another change begins to show it. */
export async function lockBrands(tx: TenantTransaction, agencyId: AgencyId): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`brand/${agencyId}`}, 0))`.execute(tx);
}

/** Drops the logos that no brand shows any more. Needs `lockBrands`. */
export async function dropUnusedLogos(tx: TenantTransaction, agencyId: AgencyId): Promise<void> {
  const shownBy = (table: 'brands' | 'client_brands') =>
    tx.selectFrom(table).select('logo_hash').where('agency_id', '=', agencyId).where('logo_hash', 'is not', null);
  await tx
    .deleteFrom('logos')
    .where('agency_id', '=', agencyId)
    .where('hash', 'not in', shownBy('brands').unionAll(shownBy('client_brands')))
    .execute();
}
