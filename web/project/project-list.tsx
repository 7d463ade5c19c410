import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { usePages } from '../data/pages.ts';
import { type ProjectFilter, projectsQuery } from '../data/projects.ts';
import { useAccount } from '../frame/account.tsx';
import { Panel } from '../frame/panel.tsx';
import { Choice } from '../table/choice.tsx';
import { ListBody } from '../table/list-body.tsx';
import { SearchBox } from '../table/search-box.tsx';
import { texts } from '../texts/texts.ts';
import { ClientFilter } from './client-filter.tsx';
import { ProjectRows } from './project-rows.tsx';
import { type ProjectView, projectShows } from './project-view.ts';

const t = texts.projects;

/** What the API is asked for what is shown. */
const shownBy = { unassigned: { assigned: false }, blocked: { blocked: true } } as const satisfies Record<NonNullable<ProjectView['show']>, ProjectFilter>;

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
  const filter = { query: view.query, clientId: clientId ?? view.client, ...(view.show && shownBy[view.show]) };
  const list = useInfiniteQuery({ ...projectsQuery(id, filter), placeholderData: keepPreviousData });
  const { items: projects, more } = usePages(list);
  const narrowed = view.query !== undefined || view.client !== undefined || view.show !== undefined;
  const tools = (
    <>
      <SearchBox label={t.search} value={view.query} onSearch={(query) => onView({ ...view, query })} />
      {clientId === undefined && <ClientFilter client={view.client} onChoose={(client) => onView({ ...view, client })} />}
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
