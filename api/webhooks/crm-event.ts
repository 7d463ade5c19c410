import { readOnboarding } from '../../db/read/onboarding.ts';
import { onboardingOfReference } from '../../db/read/onboarding-of-reference.ts';
import type { OnboardingRecord } from '../../db/read/onboardings.ts';
import { readInTenant, type TenantReader } from '../../db/tenant.ts';
import type { Actor } from '../../domain/actor.ts';
import type { StandardCrmEvent } from '../../domain/crm.ts';
import type { CrmAct } from '../../domain/crm-reading.ts';
import type { AgencyId, ClientId, CrmConnectionId, OnboardingId } from '../../domain/ids.ts';
import { endedBadly } from '../../domain/onboarding.ts';
import { defaultWaitingPolicy } from '../../domain/waiting.ts';
import { commandWorkflowId, type OnboardClientInput, onboardingWorkflowId } from '../../workflows/contract.ts';
import { derivedId } from '../derived-id.ts';
import type { Deps } from '../environment.ts';

/** A verified event of one connection, whatever its provider called it. */
export interface CrmEvent extends Pick<StandardCrmEvent, 'data'> {
  act: CrmAct;
  agencyId: AgencyId;
  connectionId: CrmConnectionId;
  /** The sender's id of the message. */
  messageId: string;
  at: Date;
  actor: Actor;
}

export type CrmOutcome = { onboardingId: OnboardingId } | { ignored: string };

/**
 * A won deal onboards its client; the same external reference is the same client, so a second won deal, like an event that only updates, brings it up to
 * date and starts nothing new while its onboarding runs or has ended well. A client that was erased is none.
 */
export async function takeCrmEvent(deps: Deps, event: CrmEvent): Promise<CrmOutcome> {
  const { agencyId, data } = event;
  const { known, next } = await readInTenant(deps.db, { agencyId }, async (reader) => ({
    known: await onboardingOfReference(reader, agencyId, data.externalReference),
    next: await nextOnboarding(reader, event),
  }));
  const current = [known, next.current].find((onboarding) => onboarding && !endedBadly(onboarding.state));
  if (current) {
    await startUpdate(deps, event, false);
    return { onboardingId: current.id };
  }
  if (event.act === 'update') {
    // A won deal that no worker has come to yet is in Temporal alone: its client is still to come.
    const taken = known ?? ((await deps.temporal.findOnboarding(onboardingWorkflowId(agencyId, next.id))) && next);
    if (!taken) return { ignored: 'no client has this external reference' };
    await startUpdate(deps, event, !known);
    return { onboardingId: taken.id };
  }
  const { outcome } = await deps.temporal.startOnboarding(onboardingInput(event, next.id), next.id);
  if (outcome === 'found') await startUpdate(deps, event, true);
  return { onboardingId: next.id };
}

/**
 * Onboardings of one object of a connection have ids that follow from it: the first, and one more after each that ended badly or whose client was erased.
 * `current` is the last one recorded, unless it is one of these; `id` is the one a new deal would start.
 */
async function nextOnboarding(reader: TenantReader, { agencyId, connectionId, data }: CrmEvent) {
  for (let turn = 0; ; turn++) {
    const id = derivedId<OnboardingId>('onboarding', agencyId, connectionId, data.externalReference, String(turn));
    const current = await readOnboarding(reader, agencyId, id);
    if (!current || !(endedBadly(current.state) || isOfErased(current))) return { id, current };
  }
}

/** A client that was erased is not there any more for the API, by name least of all. */
function isOfErased({ clientId, clientName }: OnboardingRecord): boolean {
  return clientId !== null && clientName === null;
}

function onboardingInput({ agencyId, actor, at, data }: CrmEvent, onboardingId: OnboardingId): OnboardClientInput {
  return {
    agencyId,
    onboardingId,
    clientId: derivedId<ClientId>('client', onboardingId),
    source: 'crm',
    actor,
    onLimit: 'wait',
    client: detailsOf(data),
    upsert: true,
    crmEventAt: at.toISOString(),
    projectId: null,
    projectDomain: data.domain ?? null,
    waiting: defaultWaitingPolicy,
  };
}

async function startUpdate({ temporal }: Deps, { agencyId, connectionId, messageId, actor, at, data }: CrmEvent, expectClient: boolean): Promise<void> {
  const workflowId = commandWorkflowId('update-client', agencyId, derivedId('message', connectionId, messageId));
  const input = { agencyId, actor, client: detailsOf(data), at: at.toISOString(), expectClient };
  await temporal.start('updateClient', { workflowId, input, summary: 'Bring a client up to date with its CRM' });
}

function detailsOf({ name, contactEmail, externalReference, notes }: StandardCrmEvent['data']) {
  return { name, contactEmail: contactEmail ?? null, externalReference, notes: notes ?? null };
}
