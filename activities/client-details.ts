import { sql } from 'kysely';
import { recordEvent } from '../db/record-event.ts';
import type { TenantTransaction } from '../db/tenant.ts';
import type { Actor } from '../domain/actor.ts';
import type { ClientDetails } from '../domain/client.ts';
import type { AgencyId, ClientId, OnboardingId } from '../domain/ids.ts';

export interface ClientDetailsChange {
  agencyId: AgencyId;
  clientId: ClientId;
  actor: Actor;
  onboardingId?: OnboardingId;
  details: ClientDetails;
  /** When the change happened in the CRM; a change older than the newest known is left aside. */
  at: string | null;
}

/** What the CRM left out stays as it is. The client's row must be locked by the caller. */
export async function applyClientDetails(tx: TenantTransaction, change: ClientDetailsChange): Promise<'applied' | 'unchanged' | 'name_taken'> {
  const { agencyId, clientId, details, at } = change;
  const before = await tx
    .selectFrom('clients')
    .select(['name', 'contact_email', 'notes', 'crm_event_at'])
    .where('agency_id', '=', agencyId)
    .where('id', '=', clientId)
    .executeTakeFirstOrThrow();
  if (at && before.crm_event_at && new Date(at) < before.crm_event_at) return 'unchanged';

  if (await findNamesake(tx, { agencyId, clientId }, details.name)) return 'name_taken';

  const after = {
    name: details.name,
    contact_email: details.contactEmail ?? before.contact_email,
    notes: details.notes ?? before.notes,
  };
  if (at) {
    await tx.updateTable('clients').set({ crm_event_at: at }).where('agency_id', '=', agencyId).where('id', '=', clientId).execute();
  }
  return (await writeDetails(tx, change, { before, after })) ? 'applied' : 'unchanged';
}

/** What a person may write into a client account, by its columns. */
export type DetailColumns = Partial<Record<'name' | 'contact_email' | 'external_reference' | 'notes', string | null>>;

/** Details as columns; what is left out is left out. */
export function detailColumns({ name, contactEmail, externalReference, notes }: Partial<ClientDetails>) {
  return {
    ...(name !== undefined && { name }),
    ...(contactEmail !== undefined && { contact_email: contactEmail }),
    ...(externalReference !== undefined && { external_reference: externalReference }),
    ...(notes !== undefined && { notes }),
  };
}

/** Writes the columns of `after` that differ, as one new version with its event. Tells whether any did. */
export async function writeDetails<Columns extends DetailColumns & { name: string }>(
  tx: TenantTransaction,
  { agencyId, clientId, actor, onboardingId }: Omit<ClientDetailsChange, 'details' | 'at'>,
  { before, after }: { before: Columns; after: Columns },
): Promise<boolean> {
  const changed = (Object.keys(after) as (keyof Columns)[]).filter((field) => after[field] !== before[field]);
  if (changed.length === 0) return false;
  const pick = (row: Columns) => Object.fromEntries(changed.map((field) => [field, row[field]]));
  await Promise.all([
    tx
      .updateTable('clients')
      .set((eb) => ({ ...after, version: eb('version', '+', 1), updated_at: sql<Date>`now()` }))
      .where('agency_id', '=', agencyId)
      .where('id', '=', clientId)
      .execute(),
    recordEvent(tx, { agencyId, clientId, actor, onboardingId: onboardingId ?? null, kind: 'client.updated', before: pick(before), after: pick(after) }),
  ]);
  return true;
}

/** Another client of the agency that has this name, as names are compared. */
export async function findNamesake(tx: TenantTransaction, { agencyId, clientId }: { agencyId: AgencyId; clientId: ClientId }, name: string) {
  return tx
    .selectFrom('clients')
    .select('id')
    .where('agency_id', '=', agencyId)
    .where('id', '!=', clientId)
    .where('name_key', '=', sql<string>`casefold(normalize(btrim(${name}), NFKC) collate pg_unicode_fast)`)
    .executeTakeFirst();
}

/** Another client of the agency that has this external reference. */
export async function findReferenceHolder(tx: TenantTransaction, { agencyId, clientId }: { agencyId: AgencyId; clientId: ClientId }, reference: string) {
  return tx
    .selectFrom('clients')
    .select('id')
    .where('agency_id', '=', agencyId)
    .where('id', '!=', clientId)
    .where('external_reference', '=', reference)
    .executeTakeFirst();
}
