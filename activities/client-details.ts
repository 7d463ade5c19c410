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
  const changed = (Object.keys(after) as (keyof typeof after)[]).filter((field) => after[field] !== before[field]);
  await tx
    .updateTable('clients')
    .set((eb) => ({
      ...after,
      ...(at && { crm_event_at: at }),
      ...(changed.length > 0 && { version: eb('version', '+', 1), updated_at: sql<Date>`now()` }),
    }))
    .where('agency_id', '=', agencyId)
    .where('id', '=', clientId)
    .execute();
  if (changed.length === 0) return 'unchanged';
  const pick = (row: typeof after) => Object.fromEntries(changed.map((field) => [field, row[field]]));
  await recordEvent(tx, {
    agencyId,
    clientId,
    actor: change.actor,
    onboardingId: change.onboardingId ?? null,
    kind: 'client.updated',
    before: pick(before),
    after: pick(after),
  });
  return 'applied';
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
