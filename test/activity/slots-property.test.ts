import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkAllowance } from '../../activities/check-allowance.ts';
import { createAccount } from '../../activities/create-account.ts';
import { endOnboarding } from '../../activities/end-onboarding.ts';
import { releaseAllowance } from '../../activities/release-allowance.ts';
import { removeAccount } from '../../activities/remove-account.ts';
import type { AgencyId } from '../../domain/ids.ts';
import { planStates } from '../../domain/plan.ts';
import { changePlan, openAgency } from '../harness/agency.ts';
import type { OnboardedClient } from '../harness/client.ts';
import { testDatabase } from '../harness/database.ts';
import { createAccountInput, crmOnboardingInput, firstRun, tester } from '../harness/onboarding-input.ts';
import { slots } from '../harness/written.ts';

const database = await testDatabase();

/** What may happen to an agency's onboardings; `which` picks one of those there are. */
const move = fc.oneof(
  { weight: 4, arbitrary: fc.record({ what: fc.constant('start' as const), reference: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 5, arbitrary: fc.record({ what: fc.constant('check' as const), which: fc.nat(), onLimit: fc.constantFrom('refuse' as const, 'wait' as const) }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constant('undo' as const), which: fc.nat() }) },
  {
    weight: 2,
    arbitrary: fc.record({ what: fc.constant('plan' as const), clientLimit: fc.integer({ min: 0, max: 4 }), state: fc.constantFrom(...planStates) }),
  },
);
type Move = typeof move extends fc.Arbitrary<infer M> ? M : never;

async function make(agencyId: AgencyId, clients: OnboardedClient[], step: Move): Promise<void> {
  if (step.what === 'plan') return changePlan(database, agencyId, step);
  if (step.what === 'start') {
    const reference = `deal-${step.reference}`;
    const input = crmOnboardingInput(agencyId, { client: { name: reference, externalReference: reference } });
    const made = await createAccount(database.worker, createAccountInput(input), firstRun());
    // An archived client is refused, and holds nothing.
    if (made.outcome === 'created' || made.outcome === 'found') clients.push({ agencyId, onboardingId: input.onboardingId, clientId: made.clientId, input });
    return;
  }
  const client = clients[step.which % Math.max(clients.length, 1)];
  if (!client) return;
  if (step.what === 'check') {
    await checkAllowance(database.worker, { ...client, onLimit: step.onLimit, actor: tester }, firstRun());
    return;
  }
  const undo = { ...client, actor: tester };
  await releaseAllowance(database.worker, undo, firstRun());
  await removeAccount(database.worker, undo, firstRun());
  await endOnboarding(database.worker, { ...undo, state: 'cancelled', blockers: [] });
}

test('the slots in use are the active clients, whatever happens in whatever order', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(move, { minLength: 1, maxLength: 25 }), async (moves) => {
      const agencyId = await openAgency(database, { clientLimit: 2 });
      const clients: OnboardedClient[] = [];
      for (const step of moves) {
        await make(agencyId, clients, step);
        const { used, active } = await slots(database, agencyId);
        expect(used).toBe(active);
      }
    }),
    { numRuns: 40 },
  );
});

test('the slots in use are the active clients when it all happens at once', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(move, { minLength: 10, maxLength: 25 }), async (moves) => {
      const agencyId = await openAgency(database, { clientLimit: 2 });
      const clients: OnboardedClient[] = [];
      for (const step of moves) if (step.what === 'start') await make(agencyId, clients, step);
      await Promise.all(moves.map((step) => step.what !== 'start' && make(agencyId, clients, step)));
      const { used, active } = await slots(database, agencyId);
      expect(used).toBe(active);
    }),
    { numRuns: 25, endOnFailure: true },
  );
});
