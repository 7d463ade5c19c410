import { useState } from 'react';
import type { ClientAccount } from '../data/clients.ts';
import { useWhyNot } from '../frame/account.tsx';
import { ActionButton } from '../frame/action-button.tsx';
import { texts } from '../texts/texts.ts';
import { ArchiveClient } from './archive-client.tsx';
import { EraseClient } from './erase-client.tsx';
import { MergeDialog } from './merge-dialog.tsx';

/** What can be done with the client as a whole. */
export function ClientActions({ client, onOffboard }: { client: ClientAccount; onOffboard: () => void }) {
  const whyNot = useWhyNot()('clients.write');
  const [merging, setMerging] = useState(false);
  const { state, offboarding } = client;
  return (
    <>
      {state !== 'archived' && (
        <ActionButton size="xs" variant="default" whyNot={whyNot} onClick={() => setMerging(true)}>
          {texts.duplicates.merge}
        </ActionButton>
      )}
      {state === 'active' && (
        <ActionButton size="xs" variant="default" whyNot={whyNot ?? (offboarding ? texts.offboarding.already : undefined)} onClick={onOffboard}>
          {texts.offboarding.open}
        </ActionButton>
      )}
      <ArchiveClient client={client} />
      {state === 'archived' && <EraseClient client={client} />}
      {merging && <MergeDialog client={client} onClose={() => setMerging(false)} />}
    </>
  );
}
