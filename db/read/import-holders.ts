import { sql } from 'kysely';
import type { ClientState } from '../../domain/client.ts';
import type { AgencyId, ClientId } from '../../domain/ids.ts';
import type { OnboardingState } from '../../domain/onboarding.ts';
import type { TenantReader } from '../tenant.ts';

/** Who has exactly the reference, and who exactly the name, of a row that is to be imported. */
export interface RowHolders {
  /** With its newest onboarding. */
  holder: { id: ClientId; state: ClientState; onboarding: OnboardingState | null } | null;
  namesake: ClientId | null;
}

/** For each of the rows, in their order. */
export async function importHolders(
  reader: TenantReader,
  agencyId: AgencyId,
  rows: readonly { name: string; reference: string | null }[],
): Promise<RowHolders[]> {
  const given = JSON.stringify(rows.map((row, place) => ({ place, ...row })));
  const holders = sql<{
    holder_id: ClientId | null;
    holder_state: ClientState | null;
    onboarding_state: OnboardingState | null;
    namesake: ClientId | null;
  }>`(
    select given.place, holder.id as holder_id, holder.state as holder_state, newest.state as onboarding_state, namesake.id as namesake
    from jsonb_to_recordset(${given}::jsonb) as given (place integer, name text, reference text)
    left join "clients" as "holder" on "holder"."agency_id" = ${agencyId} and holder.external_reference = given.reference
    left join lateral (
      select state from "onboardings" as "onboarding"
      where "onboarding"."agency_id" = ${agencyId} and onboarding.client_id = holder.id order by created_at desc limit 1
    ) as newest on true
    left join "clients" as "namesake" on "namesake"."agency_id" = ${agencyId}
      and namesake.name_key = casefold(normalize(btrim(given.name), NFKC) collate pg_unicode_fast)
  )`.as<'found'>('found');
  const found = await reader.selectFrom(holders).select(['holder_id', 'holder_state', 'onboarding_state', 'namesake']).orderBy(sql`place`).execute();
  return found.map(({ holder_id, holder_state, onboarding_state, namesake }) => ({
    holder: holder_id && holder_state && { id: holder_id, state: holder_state, onboarding: onboarding_state },
    namesake,
  }));
}
