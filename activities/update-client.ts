import { ApplicationFailure } from '@temporalio/common';
import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import { inTenant } from '../db/tenant.ts';
import type { Actor } from '../domain/actor.ts';
import type { ClientDetails } from '../domain/client.ts';
import type { AgencyId } from '../domain/ids.ts';
import { applyClientDetails } from './client-details.ts';

export interface UpdateClientInput {
  agencyId: AgencyId;
  actor: Actor;
  /** Found by its external reference. */
  client: ClientDetails & { externalReference: string };
  /** When the CRM's event happened, RFC 3339. */
  at: string;
  /** An onboarding is making the client: wait for it, rather than find none. */
  expectClient: boolean;
}

export type UpdateClientResult = { outcome: 'applied' | 'unchanged' | 'name_taken' | 'archived' | 'no_client' };

/** Brings a client up to date with its CRM. Idempotent, and safe out of order: an older event never overwrites a newer one. */
export async function updateClient(db: Kysely<Database>, input: UpdateClientInput): Promise<UpdateClientResult> {
  const { agencyId, actor, client, at, expectClient } = input;
  return inTenant(db, agencyId, async (tx) => {
    const found = await tx
      .selectFrom('clients')
      .select(['id', 'state'])
      .where('agency_id', '=', agencyId)
      .where('external_reference', '=', client.externalReference)
      .forUpdate()
      .executeTakeFirst();
    if (!found) {
      if (expectClient) throw ApplicationFailure.retryable('the client is not there yet', 'ClientNotYetCreated');
      return { outcome: 'no_client' };
    }
    if (found.state === 'archived') return { outcome: 'archived' };
    return { outcome: await applyClientDetails(tx, { agencyId, clientId: found.id, actor, details: client, at }) };
  });
}
