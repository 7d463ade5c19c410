import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { leaveAccount } from '../data/account.ts';
import { queries } from '../data/queries.ts';
import { useAccount } from '../frame/account.tsx';
import { ActionButton } from '../frame/action-button.tsx';
import { ConfirmByName } from '../frame/confirm-by-name.tsx';
import { texts } from '../texts/texts.ts';
import { sayRefused } from '../undo/offer-undo.tsx';
import { useWhyNotMember } from './why-not-member.ts';

const t = texts.people;

/** The way out of the account, for everybody but its last owner. */
export function LeaveAccount() {
  const { id, name, role } = useAccount();
  const navigate = useNavigate();
  const whyNot = useWhyNotMember()(role, { kind: 'leaves' });
  const [asking, setAsking] = useState(false);
  const leave = useMutation({
    mutationFn: () => leaveAccount(id),
    onSettled: () => setAsking(false),
    onError: sayRefused,
    onSuccess: async () => {
      queries.clear();
      await navigate({ to: '/agency' });
    },
  });
  return (
    <>
      <ActionButton size="xs" variant="default" whyNot={whyNot} onClick={() => setAsking(true)}>
        {t.leave}
      </ActionButton>
      {asking && <ConfirmByName action={t.leave} explained={t.leaveExplained} name={name} onConfirm={() => leave.mutate()} onClose={() => setAsking(false)} />}
    </>
  );
}
