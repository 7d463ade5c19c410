import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ClientProject } from '../data/projects.ts';
import { refreshAgency } from '../data/refresh.ts';
import { rotateSharing } from '../data/sharing.ts';
import { useAccount, useWhyNot } from '../frame/account.tsx';
import { ActionButton } from '../frame/action-button.tsx';
import { ConfirmByName } from '../frame/confirm-by-name.tsx';
import { Panel } from '../frame/panel.tsx';
import { texts } from '../texts/texts.ts';
import { sayRefused } from '../undo/offer-undo.tsx';
import { ShareWhenReadyOfProject } from './share-when-ready-of-project.tsx';
import { SharingOfProject } from './sharing-of-project.tsx';

const t = texts.sharing;

/** Sharing on the project's own page: what the table has, and other links for those that went astray. */
export function ProjectSharing({ project }: { project: ClientProject }) {
  const { id: agencyId } = useAccount();
  const queries = useQueryClient();
  const whyNot = useWhyNot()('sharing.write');
  const [asking, setAsking] = useState(false);
  const rotate = useMutation({
    mutationFn: () => rotateSharing(agencyId, project.id),
    onSettled: () => setAsking(false),
    onError: sayRefused,
    onSuccess: () => refreshAgency(queries, agencyId),
  });
  const tools = project.sharing.state === 'shared' && (
    <ActionButton size="xs" variant="default" whyNot={whyNot} onClick={() => setAsking(true)}>
      {t.rotate}
    </ActionButton>
  );
  return (
    <Panel title={t.title} tools={tools}>
      <SharingOfProject project={project} />
      {project.clientId && project.sharing.state !== 'shared' && <ShareWhenReadyOfProject clientId={project.clientId} />}
      {asking && (
        <ConfirmByName action={t.rotate} explained={t.rotateExplained} name={project.name} onConfirm={() => rotate.mutate()} onClose={() => setAsking(false)} />
      )}
    </Panel>
  );
}
