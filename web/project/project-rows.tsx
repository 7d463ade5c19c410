import { Link } from '@tanstack/react-router';
import { badgeFamilies } from '../../domain/badge.ts';
import { ProjectBadge } from '../badge/project-badge.tsx';
import type { ClientProject } from '../data/projects.ts';
import { type Column, type Entry, Rows } from '../table/rows.tsx';
import { texts } from '../texts/texts.ts';
import { ClientOfProject } from './client-of-project.tsx';
import classes from './project-rows.module.css';
import { SharingOfProject } from './sharing-of-project.tsx';

const t = texts.projects;

const columns: Column<ClientProject>[] = [
  { key: 'project', title: t.project, width: 'minmax(8rem, 1.2fr)', cell: (project) => <ProjectName project={project} /> },
  { key: 'client', title: t.client, width: 'minmax(13rem, 1.5fr)', cell: (project) => <ClientOfProject project={project} /> },
  ...badgeFamilies.map((family) => ({
    key: family,
    title: t.families[family],
    width: 'minmax(6.25rem, 0.8fr)',
    cell: ({ badges }: ClientProject) => <ProjectBadge family={family} badge={badges[family]} />,
  })),
  { key: 'sharing', title: t.sharing, width: 'minmax(20rem, 1.8fr)', cell: (project) => <SharingOfProject project={project} />, breaks: true },
];

function ProjectName({ project: { id, name, domain } }: { project: ClientProject }) {
  return (
    <>
      <Link to="/projects/$projectId" params={{ projectId: id }} className={classes.name}>
        {name}
      </Link>
      <span className={classes.domain}>{domain}</span>
    </>
  );
}

interface ProjectRowsProps {
  projects: ClientProject[];
  onEnd: () => void;
}

/** The Client project table: projects under their clients, those that nobody has first. */
export function ProjectRows({ projects, onEnd }: ProjectRowsProps) {
  return <Rows label={t.title} columns={columns} entries={underClients(projects)} scroll="page" onEnd={onEnd} />;
}

function underClients(projects: ClientProject[]): Entry<ClientProject>[] {
  const byClient = Map.groupBy(projects, ({ clientId }) => clientId ?? '');
  const named = [...byClient].map(([id, of]) => ({ id, name: of[0]?.clientName ?? t.unassigned, of }));
  named.sort((a, b) => (a.id === '' ? -1 : b.id === '' ? 1 : a.name.localeCompare(b.name)));
  return named.flatMap(({ id, name, of }): Entry<ClientProject>[] => [
    { key: `client ${id}`, group: <ClientName id={id} name={name} /> },
    ...of.map((row) => ({ key: row.id, row })),
  ]);
}

function ClientName({ id, name }: { id: string; name: string }) {
  if (id === '') return name;
  return (
    <Link to="/clients/$clientId" params={{ clientId: id }} className={classes.client}>
      {name}
    </Link>
  );
}
