import { proxyActivities } from '@temporalio/workflow';
import type { doNothing } from '../do-nothing.ts';

const steps = proxyActivities<{ doNothing: typeof doNothing }>({ startToCloseTimeout: '30 seconds' });

/** The naive form of an onboarding: four steps one behind the other, without anything in them or around them. */
export async function fourSteps(): Promise<void> {
  for (let step = 1; step <= 4; step++) await steps.doNothing();
}
