import { getRouteApi } from '@tanstack/react-router';
import { PageTitle } from '../frame/page-title.tsx';
import { texts } from '../texts/texts.ts';
import { ProjectList } from './project-list.tsx';

const route = getRouteApi('/workspace/projects');

/** `/projects`: all of them under their clients. */
export function ProjectsPage() {
  const view = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <>
      <PageTitle title={texts.navigation.projects} />
      <ProjectList view={view} onView={(search) => void navigate({ search, replace: true, resetScroll: false })} />
    </>
  );
}
