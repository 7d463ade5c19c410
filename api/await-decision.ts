import { onboardingSubject } from '../db/channels.ts';
import { readClient } from '../db/read/client.ts';
import type { ClientRecord } from '../db/read/clients.ts';
import { readOnboarding } from '../db/read/onboarding.ts';
import type { OnboardingRecord } from '../db/read/onboardings.ts';
import { readInTenant } from '../db/tenant.ts';
import type { AgencyId, ClientId, OnboardingId } from '../domain/ids.ts';
import type { Deps } from './environment.ts';

/** In case a telling is lost. */
const pollMs = 500;

/** The outcome of an onboarding's first two steps, with its client as it stands then. */
export interface Decided {
  onboarding: OnboardingRecord;
  client: ClientRecord | undefined;
}

/** Listened for from the moment it is made. */
export interface Decision {
  /**
   * Resolves once its client is active, it waits for a slot or it was refused; undefined when that takes longer than `timeoutMs`:
   * no worker, or a slow one.
   */
  wait(timeoutMs: number): Promise<Decided | undefined>;
  /** Stops listening. */
  close(): void;
}

/** Begin before the onboarding is started, so that no telling is missed. */
export function awaitDecision(
  { db, watches }: Deps,
  { agencyId, onboardingId, clientId }: { agencyId: AgencyId; onboardingId: OnboardingId; clientId: ClientId },
): Decision {
  let changed = Promise.withResolvers<void>();
  const unsubscribe = watches.onboardings.subscribe(onboardingSubject(agencyId, onboardingId), () => changed.resolve());

  async function nextChange(timeoutMs: number): Promise<void> {
    const timer = setTimeout(() => changed.resolve(), Math.min(pollMs, timeoutMs));
    await changed.promise;
    clearTimeout(timer);
    changed = Promise.withResolvers();
  }

  return {
    async wait(timeoutMs) {
      const deadline = Date.now() + timeoutMs;
      for (let remainingMs = timeoutMs; remainingMs > 0; remainingMs = deadline - Date.now()) {
        await nextChange(remainingMs);
        const [onboarding, client] = await readInTenant(db, { agencyId }, (reader) =>
          Promise.all([readOnboarding(reader, agencyId, onboardingId), readClient(reader, agencyId, clientId)]),
        );
        if (onboarding && isDecided(onboarding)) return { onboarding, client };
      }
      return undefined;
    },
    close: unsubscribe,
  };
}

function isDecided({ state, steps }: OnboardingRecord): boolean {
  if (state !== 'running') return true;
  const allowance = steps.find(({ name }) => name === 'check_allowance');
  return allowance?.state === 'done' || allowance?.state === 'skipped';
}
