import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { archiveClient, type ClientAccount, restoreClient } from '../data/clients.ts';
import { sharedProjectsQuery } from '../data/projects.ts';
import { refreshAgency } from '../data/refresh.ts';
import { useAccount, useWhyNot } from '../frame/account.tsx';
import { ActionButton } from '../frame/action-button.tsx';
import { ConfirmByName } from '../frame/confirm-by-name.tsx';
import { texts } from '../texts/texts.ts';
import { offerUndo, sayRefused } from '../undo/offer-undo.tsx';

const t = texts.client;

/** Archives the client, or takes it out of the archive. What comes back with an undo is not asked about; links that would be lost are. */
export function ArchiveClient({ client: { id: clientId, name, state } }: { client: ClientAccount }) {
  const { id: agencyId } = useAccount();
  const queries = useQueryClient();
  const whyNot = useWhyNot()('clients.write');
  const [asking, setAsking] = useState(false);

  const restore = async () => {
    await restoreClient(agencyId, clientId);
    await refreshAgency(queries, agencyId);
  };
  const archiving = useMutation({
    mutationFn: () => archiveClient(agencyId, clientId),
    onSettled: () => setAsking(false),
    onError: sayRefused,
    onSuccess: () => {
      offerUndo(t.archived(name), restore);
      return refreshAgency(queries, agencyId);
    },
  });
  // As it stands now: not even a page that was opened this moment has links end unasked.
  const looking = useMutation({
    mutationFn: () => queries.fetchQuery({ ...sharedProjectsQuery(agencyId, clientId), staleTime: 0 }),
    onError: sayRefused,
    onSuccess: (shared) => (shared.length > 0 ? setAsking(true) : archiving.mutate()),
  });
  const restoring = useMutation({ mutationFn: restore, onError: sayRefused });

  if (state === 'archived') {
    return (
      <ActionButton size="xs" variant="default" whyNot={whyNot} loading={restoring.isPending} onClick={() => restoring.mutate()}>
        {t.restore}
      </ActionButton>
    );
  }
  return (
    <>
      <ActionButton size="xs" variant="default" whyNot={whyNot} loading={looking.isPending || archiving.isPending} onClick={() => looking.mutate()}>
        {t.archive}
      </ActionButton>
      {asking && (
        <ConfirmByName
          action={t.archive}
          explained={t.archiveWithLinks}
          name={name}
          busy={archiving.isPending}
          onConfirm={() => archiving.mutate()}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
