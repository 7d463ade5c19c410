import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import type { OffboardingState, PackState } from '../domain/offboarding.ts';
import { searchAttributes } from './contract.ts';

type OffboardingPageState = OffboardingState | 'refused';

const headlines: Record<OffboardingPageState, string> = {
  scheduled: 'The client leaves',
  done: 'The client has left',
  cancelled: 'Cancelled: the client stays',
  refused: 'Refused',
};

/** As `FoyerState` has them: other states than an onboarding's, so that a filter tells them apart. */
const states: Record<OffboardingPageState, string> = { scheduled: 'offboarding', done: 'offboarded', cancelled: 'cancelled', refused: 'refused' };

const packs: Record<PackState, string> = {
  making: 'is being made',
  made: 'can be downloaded',
  too_large: 'would be too large and is not kept',
  gone: 'is deleted',
};

/** An offboarding as operations see it in the Temporal UI. */
export interface OffboardingPage {
  enter(state: OffboardingPageState): void;
  pack(state: PackState): void;
}

/** A page for one offboarding; `enter` costs one history event, `pack` none. */
export function openOffboardingPage(endsAt: Date): OffboardingPage {
  let state: OffboardingPageState = 'scheduled';
  let pack: PackState = 'making';

  const show = () =>
    setCurrentDetails(
      [
        `**${headlines[state]}**${state === 'scheduled' ? ` on ${endsAt.toISOString().slice(0, 10)}` : ''}`,
        `The export pack ${packs[pack]}.`,
        ...(state === 'scheduled' ? ['**What to do**\n\n- Nothing: on the day links end and the client is archived. Cancelling it takes it back.'] : []),
      ].join('\n\n'),
    );
  return {
    enter(next) {
      state = next;
      show();
      upsertSearchAttributes([{ key: searchAttributes.state, value: states[state] }]);
    },
    pack(next) {
      pack = next;
      show();
    },
  };
}
