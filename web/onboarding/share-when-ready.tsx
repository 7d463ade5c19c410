import { Checkbox, Tooltip } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { isEnded } from '../../domain/onboarding.ts';
import { type Onboarding, setShareWhenReady } from '../data/onboardings.ts';
import { useAccount, useWhyNot } from '../frame/account.tsx';
import { texts } from '../texts/texts.ts';
import { sayRefused } from '../undo/offer-undo.tsx';

const t = texts.createClient;

/** While an onboarding goes on: is its report to be shared by itself? Taking it back is its undo. Nothing once it has ended. */
export function ShareWhenReady({ onboarding: { id, state, shareWhenReady } }: { onboarding: Onboarding }) {
  const { id: agencyId } = useAccount();
  const whyNot = useWhyNot()('sharing.write');
  // What comes back comes by the onboarding's own stream; until then it stands as it was chosen.
  const choose = useMutation({ mutationFn: (wanted: boolean) => setShareWhenReady(agencyId, id, wanted), onError: sayRefused });
  if (isEnded(state)) return null;
  const wanted = choose.isPending ? choose.variables : shareWhenReady;
  return (
    <Tooltip label={whyNot} disabled={!whyNot} multiline maw={280} withArrow events={{ hover: true, focus: true, touch: true }}>
      <Checkbox
        label={t.shareWhenReady}
        description={t.shareWhenReadyExplained}
        checked={wanted ?? false}
        indeterminate={wanted === null}
        readOnly={whyNot !== undefined}
        aria-disabled={whyNot !== undefined || undefined}
        aria-description={whyNot}
        onChange={({ currentTarget }) => whyNot ?? choose.mutate(currentTarget.checked)}
      />
    </Tooltip>
  );
}
