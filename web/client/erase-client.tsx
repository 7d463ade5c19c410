import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { type ClientAccount, eraseClient } from '../data/clients.ts';
import { refreshAgency } from '../data/refresh.ts';
import { useAccount, useWhyNot } from '../frame/account.tsx';
import { ActionButton } from '../frame/action-button.tsx';
import { ConfirmByName } from '../frame/confirm-by-name.tsx';
import { texts } from '../texts/texts.ts';
import { day } from '../time/day.ts';
import { sayDone, sayRefused } from '../undo/offer-undo.tsx';

const t = texts.client;

/** Erases an archived client for good, by an owner, once its retention is over; until then it says from when on. */
export function EraseClient({ client: { id: clientId, name, erasableFrom } }: { client: ClientAccount }) {
  const { id: agencyId } = useAccount();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const whyNot = useWhyNot()('clients.erase');
  const [asking, setAsking] = useState(false);
  const erase = useMutation({
    mutationFn: () => eraseClient(agencyId, clientId, name),
    onSettled: () => setAsking(false),
    onError: sayRefused,
    onSuccess: async () => {
      await navigate({ to: '/clients' });
      sayDone(t.erased(name));
      await refreshAgency(queries, agencyId);
    },
  });
  const kept = erasableFrom && Date.parse(erasableFrom) > Date.now() ? t.keptUntil(day(erasableFrom)) : undefined;
  return (
    <>
      <ActionButton size="xs" variant="default" whyNot={whyNot ?? kept} onClick={() => setAsking(true)}>
        {t.erase}
      </ActionButton>
      {asking && (
        <ConfirmByName
          action={t.erase}
          explained={t.eraseExplained}
          name={name}
          busy={erase.isPending}
          onConfirm={() => erase.mutate()}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
