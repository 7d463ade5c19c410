import { getRouteApi } from '@tanstack/react-router';
import { ClientList } from '../client/client-list.tsx';
import { ProjectList } from '../project/project-list.tsx';
import { texts } from '../texts/texts.ts';
import classes from './agency-page.module.css';
import { CreateClientForm } from './create-client-form.tsx';
import { Workspaces } from './workspaces.tsx';

const route = getRouteApi('/workspace/agency');

/** `/agency`: the workspace, who its clients are, and what may be shared. */
export function AgencyPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <div className={classes.page}>
      <h1 className={classes.title}>{texts.agency.title}</h1>
      <Workspaces />
      <div className={classes.clients}>
        <CreateClientForm />
        <ClientList
          filter={{ query: search.clients, state: search.state }}
          onFilter={({ query, state }) => void navigate({ search: (before) => ({ ...before, clients: query, state }), replace: true, resetScroll: false })}
          scroll="panel"
        />
      </div>
      <ProjectList
        view={{ query: search.projects, client: search.client, show: search.show }}
        onView={({ query, client, show }) =>
          void navigate({ search: (before) => ({ ...before, projects: query, client, show }), replace: true, resetScroll: false })
        }
      />
    </div>
  );
}
