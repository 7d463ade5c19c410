import type { MergePreview } from '../data/duplicates.ts';
import { texts } from '../texts/texts.ts';

const t = texts.onboardings;

/** What a change of projects or clients does to an onboarding. */
export function effectInWords({ effect, state }: MergePreview['onboardings'][number], clientName: string): string {
  return t.effects[effect](clientName, t.states[state.to]);
}
