import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import { inTenant } from '../db/tenant.ts';
import type { Actor } from '../domain/actor.ts';
import { isEnded } from '../domain/onboarding.ts';
import { lockOnboarding, type OnboardingKey, recordStep, stepStates } from './onboarding-record.ts';
import { lockProject, putUnderClient } from './project-assignment.ts';
import type { StepRun } from './step-run.ts';

export interface UndoInput extends OnboardingKey {
  actor: Actor;
}

/** Undoes step 3: a project that this onboarding put under its client is unassigned, if it is still there. Idempotent by what it undoes. */
export async function releaseProject(db: Kysely<Database>, input: UndoInput, run: StepRun): Promise<void> {
  await inTenant(db, input.agencyId, async (tx) => {
    const [onboarding, { assign_project: step }] = await Promise.all([lockOnboarding(tx, input), stepStates(tx, input)]);
    if (!onboarding || isEnded(onboarding.state) || step === 'undone') return;
    const { client_id: clientId, project_id: projectId, project_assigned: assigned } = onboarding;
    const project = assigned && projectId ? await lockProject(tx, input.agencyId, projectId) : undefined;
    await Promise.all([
      projectId && clientId && project?.client_id === clientId && putUnderClient(tx, { ...input, projectId, from: clientId, clientId: null }),
      step === 'done' && recordStep(tx, input, { name: 'assign_project', state: 'undone', detail: null }, run),
    ]);
  });
}
