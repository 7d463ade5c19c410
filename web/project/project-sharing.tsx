import { useQueryClient } from '@tanstack/react-query';
import type { ClientProject } from '../data/projects.ts';
import { refreshAgency } from '../data/refresh.ts';
import { rotateSharing } from '../data/sharing.ts';
import { useAccount, useWhyNot } from '../frame/account.tsx';
import { ConfirmedAction } from '../frame/confirmed-action.tsx';
import { Panel } from '../frame/panel.tsx';
import { texts } from '../texts/texts.ts';
import { ShareWhenReadyOfProject } from './share-when-ready-of-project.tsx';
import { SharingOfProject } from './sharing-of-project.tsx';

const t = texts.sharing;

/** Sharing on the project's own page: what the table has, and other links for those that went astray. */
export function ProjectSharing({ project }: { project: ClientProject }) {
  const { id: agencyId } = useAccount();
  const queries = useQueryClient();
  const whyNot = useWhyNot()('sharing.write');
  const rotate = async () => {
    await rotateSharing(agencyId, project.id);
    await refreshAgency(queries, agencyId);
  };
  const tools = project.sharing.state === 'shared' && (
    <ConfirmedAction action={t.rotate} whyNot={whyNot} explained={t.rotateExplained} name={project.name} act={rotate} />
  );
  return (
    <Panel title={t.title} tools={tools}>
      <SharingOfProject project={project} />
      {project.clientId && project.sharing.state !== 'shared' && <ShareWhenReadyOfProject clientId={project.clientId} />}
    </Panel>
  );
}
