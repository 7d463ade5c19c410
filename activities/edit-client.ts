import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import { inTenant, type TenantTransaction } from '../db/tenant.ts';
import type { Actor } from '../domain/actor.ts';
import type { ClientDetails } from '../domain/client.ts';
import type { AgencyId, ClientId } from '../domain/ids.ts';
import { firstAttempt, wasCarriedOut } from './carried-out.ts';
import { detailColumns, findNamesake, findReferenceHolder, writeDetails } from './client-details.ts';
import { lockClient } from './client-lock.ts';
import type { StepRun } from './step-run.ts';

export interface EditClientInput {
  agencyId: AgencyId;
  clientId: ClientId;
  actor: Actor;
  /** The version that was read before the edit; null to edit whatever there is. */
  expectedVersion: number | null;
  /** What is left out stays as it is; null clears. */
  change: Partial<ClientDetails>;
}

export type EditClientResult =
  | { outcome: 'edited' }
  | { outcome: 'refused'; code: 'NOT_FOUND' | 'CLIENT_ARCHIVED' | 'VERSION_CONFLICT' | 'CLIENT_NAME_TAKEN' | 'EXTERNAL_REFERENCE_TAKEN' };

/**
 * Edits a client account by hand. Idempotent: a second run finds its own edit, one version on or behind others, and leaves it.
 * Refuses with `CLIENT_ARCHIVED`, `VERSION_CONFLICT`, `CLIENT_NAME_TAKEN`, `EXTERNAL_REFERENCE_TAKEN`.
 */
export async function editClient(db: Kysely<Database>, input: EditClientInput, run: StepRun = firstAttempt): Promise<EditClientResult> {
  const { agencyId, clientId, change, expectedVersion } = input;
  return inTenant(db, agencyId, async (tx) => {
    const client = await lockClient(tx, agencyId, clientId);
    if (!client) return { outcome: 'refused', code: 'NOT_FOUND' };
    if (client.state === 'archived') return { outcome: 'refused', code: 'CLIENT_ARCHIVED' };
    const { version, ...before } = await readDetails(tx, input);
    const after = { ...before, ...detailColumns(change) };
    const isOwnEdit = version - 1 === expectedVersion && Object.entries(after).every(([column, value]) => before[column as keyof typeof before] === value);
    if (isOwnEdit || (await wasCarriedOut(tx, run, input, 'client.updated'))) return { outcome: 'edited' };
    if (expectedVersion !== null && version !== expectedVersion) return { outcome: 'refused', code: 'VERSION_CONFLICT' };
    if (await findNamesake(tx, input, after.name)) return { outcome: 'refused', code: 'CLIENT_NAME_TAKEN' };
    const reference = after.external_reference;
    if (reference && (await findReferenceHolder(tx, input, reference))) return { outcome: 'refused', code: 'EXTERNAL_REFERENCE_TAKEN' };
    await writeDetails(tx, input, { before, after });
    return { outcome: 'edited' };
  });
}

async function readDetails(tx: TenantTransaction, { agencyId, clientId }: EditClientInput) {
  return tx
    .selectFrom('clients')
    .select(['name', 'contact_email', 'external_reference', 'notes', 'version'])
    .where('agency_id', '=', agencyId)
    .where('id', '=', clientId)
    .executeTakeFirstOrThrow();
}
