import { checkAllowance } from '../../activities/check-allowance.ts';
import { createAccount } from '../../activities/create-account.ts';
import { inTenant } from '../../db/tenant.ts';
import type { ClientDetails } from '../../domain/client.ts';
import { defaultRetentionDays } from '../../domain/erasure.ts';
import type { AgencyId, ClientId, OnboardingId } from '../../domain/ids.ts';
import type { OnboardClientInput } from '../../workflows/contract.ts';
import type { TestDatabase } from './database.ts';
import { newClientId } from './ids.ts';
import { createAccountInput, firstRun, onboardingInput, tester } from './onboarding-input.ts';

/** A client with the onboarding that made it. */
export interface OnboardedClient {
  agencyId: AgencyId;
  onboardingId: OnboardingId;
  clientId: ClientId;
  /** What the onboarding was asked for. */
  input: OnboardClientInput;
}

/** An onboarding behind step 1: its client is pending. */
export async function pendingClient({ worker }: TestDatabase, input: OnboardClientInput): Promise<OnboardedClient> {
  const made = await createAccount(worker, createAccountInput(input), firstRun());
  if (made.outcome !== 'created' && made.outcome !== 'found') throw new Error(`no client was made: ${JSON.stringify(made)}`);
  return { agencyId: input.agencyId, onboardingId: input.onboardingId, clientId: made.clientId, input };
}

/** An onboarding behind step 2: its client is active and holds a slot. */
export async function activeClient(database: TestDatabase, agencyId: AgencyId, details: Partial<ClientDetails> = {}): Promise<OnboardedClient> {
  const client = await pendingClient(database, onboardingInput(agencyId, { client: details }));
  const allowance = await checkAllowance(database.worker, { ...client, onLimit: 'refuse', actor: tester }, firstRun());
  if (allowance.outcome !== 'reserved') throw new Error(`no client slot was reserved: ${JSON.stringify(allowance)}`);
  return client;
}

/** A client that was archived so long ago that it may be erased. */
export interface ArchivedClient {
  clientId: ClientId;
  name: string;
}

/** Written as it is found: nothing in the product dates an archive back. */
export async function archivedLongAgo({ owner }: TestDatabase, agencyId: AgencyId, details: Partial<ClientDetails> = {}): Promise<ArchivedClient> {
  const [clientId, name] = [newClientId(), details.name ?? `Archived ${newClientId()}`];
  const longAgo = new Date(Date.now() - (defaultRetentionDays + 1) * 86_400_000);
  const client = { agency_id: agencyId, id: clientId, name, state: 'archived' as const, archived_at: longAgo };
  const { contactEmail = null, externalReference = null, notes = null } = details;
  await inTenant(owner, agencyId, (tx) =>
    tx
      .insertInto('clients')
      .values({ ...client, contact_email: contactEmail, external_reference: externalReference, notes })
      .execute(),
  );
  return { clientId, name };
}
