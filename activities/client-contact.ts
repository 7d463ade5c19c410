import { readEffectiveBrand } from '../db/read/effective-brand.ts';
import { reading, type TenantTransaction } from '../db/tenant.ts';
import type { AgencyId, ClientId } from '../domain/ids.ts';

/** Whom a mail to a client goes to, and in whose name it comes. */
export interface ClientContact {
  to: string;
  clientName: string;
  /** The brand that the client's reports come with. */
  sender: string;
}

/** The client's contact, or null where nobody is known. */
export async function readContact(tx: TenantTransaction, agencyId: AgencyId, clientId: ClientId): Promise<ClientContact | null> {
  const [client, brand] = await Promise.all([
    tx.selectFrom('clients').select(['name', 'contact_email']).where('agency_id', '=', agencyId).where('id', '=', clientId).executeTakeFirst(),
    readEffectiveBrand(reading(tx), agencyId, clientId),
  ]);
  if (!client?.contact_email || !brand) return null;
  return { to: client.contact_email, clientName: client.name, sender: brand.brand.reportBrand ?? brand.accountName };
}
