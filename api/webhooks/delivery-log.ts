import { type Kysely, sql } from 'kysely';
import type { Database } from '../../db/schema.ts';
import { inTenant } from '../../db/tenant.ts';
import type { CrmDeliveryOutcome } from '../../domain/crm.ts';
import type { AgencyId, CrmConnectionId, OnboardingId } from '../../domain/ids.ts';

interface OfConnection {
  agencyId: AgencyId;
  connectionId: CrmConnectionId;
}

export interface CrmDelivery extends OfConnection {
  messageId: string;
  type: string | null;
  outcome: CrmDeliveryOutcome;
  onboardingId: OnboardingId | null;
  reason: string | null;
  replayed: boolean;
}

/** Writes down what became of a message whose signature held, and lets go of what came in more than thirty days ago. */
export async function logDelivery(db: Kysely<Database>, delivery: CrmDelivery): Promise<void> {
  const { agencyId, connectionId } = delivery;
  await inTenant(db, agencyId, async (tx, closing) =>
    closing(
      tx
        .insertInto('crm_deliveries')
        .values({
          agency_id: agencyId,
          connection_id: connectionId,
          message_id: delivery.messageId.slice(0, 200),
          // A type is whatever was sent, and Postgres takes a NUL in no text.
          type: delivery.type?.replaceAll('\0', '\ufffd').slice(0, 200) ?? null,
          outcome: delivery.outcome,
          onboarding_id: delivery.onboardingId,
          reason: delivery.reason,
          replayed: delivery.replayed,
        })
        .execute(),
      tx
        .deleteFrom('crm_deliveries')
        .where('agency_id', '=', agencyId)
        .where('connection_id', '=', connectionId)
        .where('created_at', '<', sql<Date>`now() - interval '30 days'`)
        .execute(),
    ),
  );
}

/** Of messages whose signature does not hold only the last time is kept: anyone can send them. */
export async function logUnverified(db: Kysely<Database>, { agencyId, connectionId }: OfConnection): Promise<void> {
  await inTenant(db, agencyId, async (tx, closing) =>
    closing(
      tx
        .updateTable('crm_connections')
        .set({ last_unverified_at: sql<Date>`now()` })
        .where('agency_id', '=', agencyId)
        .where('id', '=', connectionId)
        .execute(),
    ),
  );
}
