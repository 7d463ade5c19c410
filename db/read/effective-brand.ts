import { sql } from 'kysely';
import { type BrandSettings, inheritBrand, type Logo } from '../../domain/brand.ts';
import type { ClientState } from '../../domain/client.ts';
import type { AgencyId, ClientId } from '../../domain/ids.ts';
import type { TenantReader } from '../tenant.ts';

/** What is set in one place; version 0 where nothing ever was. */
export interface BrandRecord extends BrandSettings {
  version: number;
}

/** What is set for a client's surfaces, and the name that stands where nobody set one: see `shownBrand`. */
export interface EffectiveBrand {
  accountName: string;
  /** Null without a client, or with one that is not the agency's. */
  clientState: ClientState | null;
  agency: BrandRecord;
  client: BrandRecord;
  /** The client's over the agency's. */
  brand: BrandSettings;
}

/** The agency's brand with what the client has of its own over it; the agency's alone without a client. Undefined when there is no such agency. */
export async function readEffectiveBrand(reader: TenantReader, agencyId: AgencyId, clientId: ClientId | null): Promise<EffectiveBrand | undefined> {
  const row = await reader
    .selectFrom('accounts as account')
    .leftJoin('brands as own', 'own.agency_id', 'account.id')
    .leftJoin('logos as logo', (join) => join.onRef('logo.agency_id', '=', 'own.agency_id').onRef('logo.hash', '=', 'own.logo_hash'))
    .leftJoin('clients as client', (join) => join.onRef('client.agency_id', '=', 'account.id').on('client.id', '=', sql<ClientId>`${clientId}`))
    .leftJoin('client_brands as theirs', (join) => join.onRef('theirs.agency_id', '=', 'client.agency_id').onRef('theirs.client_id', '=', 'client.id'))
    .leftJoin('logos as their_logo', (join) => join.onRef('their_logo.agency_id', '=', 'theirs.agency_id').onRef('their_logo.hash', '=', 'theirs.logo_hash'))
    .where('account.id', '=', agencyId)
    .select(['account.name', 'client.state as client_state'])
    .select(['own.report_brand', 'own.accent_color', 'own.footer', 'own.version', 'logo.hash', 'logo.width', 'logo.height'])
    .select(['theirs.report_brand as their_report_brand', 'theirs.accent_color as their_accent_color', 'theirs.footer as their_footer'])
    .select(['theirs.version as their_version', 'their_logo.hash as their_hash', 'their_logo.width as their_width', 'their_logo.height as their_height'])
    .executeTakeFirst();
  if (!row) return undefined;
  const agency = {
    reportBrand: row.report_brand,
    logo: toLogo(row.hash, row.width, row.height),
    accentColor: row.accent_color,
    footer: row.footer,
    version: row.version ?? 0,
  };
  const client = {
    reportBrand: row.their_report_brand,
    logo: toLogo(row.their_hash, row.their_width, row.their_height),
    accentColor: row.their_accent_color,
    footer: row.their_footer,
    version: row.their_version ?? 0,
  };
  return { accountName: row.name, clientState: row.client_state, agency, client, brand: inheritBrand(client, agency) };
}

function toLogo(hash: Buffer | null, width: number | null, height: number | null): Logo | null {
  return hash && width && height ? { hash: hash.toString('hex'), width, height } : null;
}
