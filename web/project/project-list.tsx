import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { usePages } from '../data/pages.ts';
import { type ClientProject, projectsQuery } from '../data/projects.ts';
import { useAccount } from '../frame/account.tsx';
import { Panel } from '../frame/panel.tsx';
import { Choice } from '../table/choice.tsx';
import { ListBody } from '../table/list-body.tsx';
import { SearchBox } from '../table/search-box.tsx';
import { texts } from '../texts/texts.ts';
import { ProjectRows } from './project-rows.tsx';
import { type ProjectView, projectShows } from './project-view.ts';

const t = texts.projects;

interface ProjectListProps {
  view: ProjectView;
  onView: (view: ProjectView) => void;
  /** Only the projects of this client. */
  clientId?: string;
  none?: { title: string; detail: string };
}

/** Client project: whose each project is, how it stands, and whether it is shared. */
export function ProjectList({ view, onView, clientId, none = t.none }: ProjectListProps) {
  const { id } = useAccount();
  const filter = { query: view.query, clientId, ...(view.show === 'unassigned' && { assigned: false }) };
  const list = useInfiniteQuery({ ...projectsQuery(id, filter), placeholderData: keepPreviousData });
  const { items, more } = usePages(list);
  const projects = view.show === 'blocked' ? items?.filter(isBlocked) : items;
  const narrowed = view.query !== undefined || view.show !== undefined;
  const tools = (
    <>
      <SearchBox label={t.search} value={view.query} onSearch={(query) => onView({ ...view, query })} />
      <Choice label={t.show} any={t.shows.all} options={projectShows} words={t.shows} value={view.show} onChoose={(show) => onView({ ...view, show })} />
    </>
  );
  return (
    <Panel title={t.title} tools={tools} flush>
      <ListBody count={projects?.length} error={list.error} onRetry={() => void list.refetch()} none={narrowed ? t.noMatch : none}>
        <ProjectRows projects={projects ?? []} onEnd={more} />
      </ListBody>
    </Panel>
  );
}

function isBlocked({ readiness, sharing }: ClientProject): boolean {
  return sharing.state !== 'shared' && !readiness.ready;
}
