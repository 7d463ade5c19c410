import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { badgeFamilies } from '../../domain/badge.ts';
import { ProjectBadge } from '../badge/project-badge.tsx';
import { isRefusedWith } from '../data/problem.ts';
import { type ClientProject, projectQuery } from '../data/projects.ts';
import { useAccount } from '../frame/account.tsx';
import { NotFound } from '../frame/not-found.tsx';
import { PageTitle } from '../frame/page-title.tsx';
import { Panel } from '../frame/panel.tsx';
import { RefusalNote } from '../refusal/refusal-note.tsx';
import { texts } from '../texts/texts.ts';
import { Since } from '../time/since.tsx';
import { ClientOfProject } from './client-of-project.tsx';
import { PreviewLinks } from './preview-links.tsx';
import classes from './project-page.module.css';
import { ProjectSharing } from './project-sharing.tsx';
import { Readiness } from './readiness.tsx';

const t = texts.project;
const route = getRouteApi('/workspace/projects/$projectId');

/** `/projects/{id}`: its badges with their reasons, and what stands between it and its client. */
export function ProjectPage() {
  const { id } = useAccount();
  const { projectId } = route.useParams();
  const { data: project, error, refetch } = useQuery(projectQuery(id, projectId));
  // What was read before is not shown either.
  if (isRefusedWith(error, 404)) return <NotFound />;
  if (!project && error) return <RefusalNote error={error} onRetry={() => void refetch()} />;
  if (!project) return <Skeleton height={320} />;
  return (
    <>
      <PageTitle
        title={project.name}
        aside={<span className={classes.domain}>{project.domain}</span>}
        actions={<PreviewLinks agencyId={id} project={project} />}
      />
      <div className={classes.columns}>
        <div className={classes.column}>
          <Panel title={t.assignment}>
            <ClientOfProject project={project} />
          </Panel>
          <ProjectSharing project={project} />
          <Panel title={t.readiness}>
            <Readiness project={project} />
          </Panel>
        </div>
        <Panel title={t.badges} flush>
          <Badges badges={project.badges} />
        </Panel>
      </div>
    </>
  );
}

function Badges({ badges }: { badges: ClientProject['badges'] }) {
  return (
    <dl className={classes.badges}>
      {badgeFamilies.map((family) => {
        const { value, reason, at } = badges[family];
        return (
          <div key={family} className={classes.badge}>
            <dt>{texts.projects.families[family]}</dt>
            <dd>
              <ProjectBadge family={family} badge={{ value, reason: null, at: null }} />
            </dd>
            <dd className={classes.reason}>{reason ?? t.noReason}</dd>
            <dd className={classes.at}>{at ? <Since at={at} /> : t.never}</dd>
          </div>
        );
      })}
    </dl>
  );
}
