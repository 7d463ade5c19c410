import { Button } from '@mantine/core';
import { skipToken, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { mergeClients, mergePreviewQuery } from '../data/duplicates.ts';
import { refreshAgency } from '../data/refresh.ts';
import { useAccount } from '../frame/account.tsx';
import { ConfirmByName } from '../frame/confirm-by-name.tsx';
import { WhatHappens } from '../frame/what-happens.tsx';
import { texts } from '../texts/texts.ts';
import { sayDone, sayRefused } from '../undo/offer-undo.tsx';
import { ClientPicker } from './client-picker.tsx';
import classes from './merge-dialog.module.css';
import { mergeInWords } from './merge-in-words.ts';

const t = texts.duplicates;

interface Client {
  id: string;
  name: string;
}

interface MergeDialogProps {
  client: Client;
  /** Which one stays, where that is known. */
  into?: Client;
  onClose: () => void;
}

/** Merges a client into the one that stays, once what that will do was shown and the name of the one that leaves was typed. */
export function MergeDialog({ client, into, onClose }: MergeDialogProps) {
  const { id: agencyId } = useAccount();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [pair, setPair] = useState({ leaves: client, stays: into ?? null });
  const { leaves, stays } = pair;
  const planned = stays ? mergePreviewQuery(agencyId, { clientId: leaves.id, into: stays.id }) : undefined;
  // As it stands now, not as it stood when somebody looked last.
  const { data, error } = useQuery({ queryKey: planned?.queryKey ?? ['agency', agencyId, 'merge-preview'], queryFn: planned?.queryFn ?? skipToken, gcTime: 0 });
  const merge = useMutation({
    mutationFn: (survivor: Client) => mergeClients(agencyId, { clientId: leaves.id, into: survivor.id }),
    onError: sayRefused,
    onSuccess: async (_, survivor) => {
      onClose();
      sayDone(t.merged(leaves.name, survivor.name));
      await navigate({ to: '/clients/$clientId', params: { clientId: survivor.id } });
      await refreshAgency(queries, agencyId);
    },
  });
  const explained = (
    <div className={classes.plan}>
      <ClientPicker
        agencyId={agencyId}
        label={t.stays}
        none={t.chooseSurvivor}
        value={stays}
        onChange={(chosen) => setPair({ leaves, stays: chosen?.id === leaves.id ? null : chosen })}
      />
      {stays && (
        <>
          <Button size="xs" variant="default" className={classes.swap} onClick={() => setPair({ leaves: stays, stays: leaves })}>
            {t.swap(leaves.name)}
          </Button>
          <WhatHappens sentences={data && mergeInWords(data, { leaves: leaves.name, stays: stays.name })} error={error} />
        </>
      )}
    </div>
  );
  return (
    <ConfirmByName
      key={leaves.id}
      action={t.mergeOf(leaves.name)}
      explained={explained}
      ready={stays !== null && data !== undefined}
      busy={merge.isPending}
      name={leaves.name}
      onConfirm={() => stays && merge.mutate(stays)}
      onClose={onClose}
    />
  );
}
