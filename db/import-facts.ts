import type { AgencyId } from '../domain/ids.ts';
import type { OnDuplicate } from '../domain/import-state.ts';
import type { RowFacts } from '../domain/import-verdict.ts';
import { endedBadly } from '../domain/onboarding.ts';
import { lookalikesOfEach } from './read/client-lookalikes.ts';
import { importHolders } from './read/import-holders.ts';
import type { TenantReader } from './tenant.ts';

/** A row as far as clients are found by it. */
export interface JudgedRow {
  name: string;
  externalReference: string | null;
  domain: string | null;
  twinLine: number | null;
}

/** What is known of each of the rows, in their order: for a dry run, and for the import itself. */
export async function importFacts(reader: TenantReader, agencyId: AgencyId, rows: readonly JudgedRow[], onDuplicate: OnDuplicate): Promise<RowFacts[]> {
  const sketches = rows.map(({ name, externalReference, domain }) => ({ name, reference: externalReference, domain }));
  const [holders, lookalikes] = await Promise.all([
    importHolders(reader, agencyId, sketches),
    onDuplicate === 'skip' ? lookalikesOfEach(reader, agencyId, sketches, 1) : [],
  ]);
  return rows.map(({ twinLine }, place) => {
    const { holder = null, namesake = null } = holders[place] ?? {};
    const [lookalike = null] = lookalikes[place] ?? [];
    const onboarded = holder !== null && holder.onboarding !== null && !endedBadly(holder.onboarding);
    return { twinLine, namesake, lookalike, holder: holder && { id: holder.id, state: holder.state, onboarded } };
  });
}
