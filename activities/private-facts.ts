import { sql } from 'kysely';
import type { TenantTransaction } from '../db/tenant.ts';
import type { AgencyId, ClientId } from '../domain/ids.ts';

/**
 * Which of what no client is to see stands in these texts, by its kind alone. Asked of texts that should not be there at all: a note of one ordinary word is
 * no alarm by itself. Whom to bill is not known here: a worker cannot read it.
 */
export async function privateFactsIn(
  tx: TenantTransaction,
  { agencyId, clientId }: { agencyId: AgencyId; clientId: ClientId },
  texts: readonly string[],
): Promise<string[]> {
  if (texts.length === 0) return [];
  const [client, others] = await Promise.all([
    tx
      .selectFrom('clients')
      .select(['contact_email', 'external_reference', 'notes'])
      .where('agency_id', '=', agencyId)
      .where('id', '=', clientId)
      .executeTakeFirst(),
    tx
      .selectFrom('clients')
      .select('id')
      .where('agency_id', '=', agencyId)
      .where('id', '<>', clientId)
      .where(sql<boolean>`position(lower(name) in ${texts.join('\n').toLowerCase()}) > 0`)
      .limit(1)
      .executeTakeFirst(),
  ]);
  const stands = (value: string | null | undefined) => !!value && texts.some((text) => text.includes(value.replaceAll(/\s+/g, ' ').trim()));
  return [
    ...(stands(client?.contact_email) ? ['the contact e-mail'] : []),
    ...(stands(client?.external_reference) ? ['the external reference'] : []),
    ...(stands(client?.notes) ? ['the notes'] : []),
    ...(others ? ["another client's name"] : []),
  ];
}
