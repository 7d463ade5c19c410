import { sql } from 'kysely';
import { type BrandSettings, inheritBrand } from '../../domain/brand.ts';
import type { AgencyId, ClientId } from '../../domain/ids.ts';
import type { TenantReader } from '../tenant.ts';

/** What is set for a client's surfaces, and the name that stands where nobody set one: see `shownBrand`. */
export interface EffectiveBrand {
  accountName: string;
  brand: BrandSettings;
}

/** The agency's brand with what the client has of its own over it; the agency's alone without a client. Undefined when there is no such agency. */
export async function readEffectiveBrand(reader: TenantReader, agencyId: AgencyId, clientId: ClientId | null): Promise<EffectiveBrand | undefined> {
  const row = await reader
    .selectFrom('accounts as account')
    .leftJoin('brands as own', 'own.agency_id', 'account.id')
    .leftJoin('client_brands as client', (join) => join.onRef('client.agency_id', '=', 'account.id').on('client.client_id', '=', sql<ClientId>`${clientId}`))
    .leftJoin('logos as logo', (join) =>
      join.onRef('logo.agency_id', '=', 'account.id').on(({ eb, fn }) => eb('logo.hash', '=', fn.coalesce('client.logo_hash', 'own.logo_hash'))),
    )
    .where('account.id', '=', agencyId)
    .select([
      'account.name',
      'own.report_brand',
      'own.accent_color',
      'own.footer',
      'client.report_brand as client_report_brand',
      'client.accent_color as client_accent_color',
      'client.footer as client_footer',
      'logo.hash',
      'logo.width',
      'logo.height',
    ])
    .executeTakeFirst();
  if (!row) return undefined;
  const { hash, width, height } = row;
  // Already the client's where it has one.
  const logo = hash && width && height ? { hash: hash.toString('hex'), width, height } : null;
  const agency = { reportBrand: row.report_brand, logo, accentColor: row.accent_color, footer: row.footer };
  const client = { reportBrand: row.client_report_brand, logo: null, accentColor: row.client_accent_color, footer: row.client_footer };
  return { accountName: row.name, brand: inheritBrand(client, agency) };
}
