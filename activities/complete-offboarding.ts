import type { Kysely } from 'kysely';
import { waitingOnboardings } from '../db/read/waiting-onboardings.ts';
import { recordEvent } from '../db/record-event.ts';
import type { Database } from '../db/schema.ts';
import { inTenant, reading } from '../db/tenant.ts';
import type { Actor } from '../domain/actor.ts';
import { archiveLocked } from './client-archive.ts';
import { lockClient } from './client-lock.ts';
import { endWithClient, lockOnboardingsOf, refuseNewcomers } from './client-onboardings.ts';
import { lockOffboarding, type OffboardingKey } from './offboarding-record.ts';

const actor: Actor = { kind: 'system', label: 'offboarding' };

export interface CompleteOffboardingResult {
  endedWorkflowIds: string[];
  nextInLine: string[];
}

/** The day has come: links end, projects are unassigned, the client is archived and its slot free, in one transaction. Idempotent by state. */
export async function completeOffboarding(db: Kysely<Database>, key: OffboardingKey): Promise<CompleteOffboardingResult> {
  const { agencyId, clientId, offboardingId } = key;
  return inTenant(db, agencyId, async (tx) => {
    const onboardings = await lockOnboardingsOf(tx, agencyId, clientId);
    const client = await lockClient(tx, agencyId, clientId);
    const offboarding = await lockOffboarding(tx, key);
    if (client?.state !== 'active' || offboarding?.state !== 'scheduled') return { endedWorkflowIds: [], nextInLine: [] };
    await refuseNewcomers(tx, agencyId, clientId, onboardings);
    await endWithClient(tx, onboardings, { agencyId, clientId, actor, because: 'client.offboarded' });
    const told = await archiveLocked(tx, { agencyId, clientId, actor }, client.state);
    await recordEvent(tx, { agencyId, clientId, actor, kind: 'client.offboarded', after: { offboardingId } });
    const waiting = await waitingOnboardings(reading(tx), agencyId, { states: ['waiting_for_allowance'] });
    return { endedWorkflowIds: [...onboardings.map(({ workflow_id }) => workflow_id), ...told], nextInLine: waiting.slice(0, 1) };
  });
}
