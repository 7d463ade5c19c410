import { getRouteApi } from '@tanstack/react-router';
import { PageTitle } from '../frame/page-title.tsx';
import { texts } from '../texts/texts.ts';
import { ClientList } from './client-list.tsx';
import classes from './client-page.module.css';
import { SuspectedDuplicates } from './suspected-duplicates.tsx';

const route = getRouteApi('/workspace/clients');

/** `/clients`: all of them, however many. */
export function ClientsPage() {
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <>
      <PageTitle title={texts.navigation.clients} />
      <div className={classes.page}>
        <SuspectedDuplicates />
        <ClientList filter={filter} onFilter={(search) => void navigate({ search, replace: true, resetScroll: false })} scroll="page" />
      </div>
    </>
  );
}
