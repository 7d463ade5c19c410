import { texts } from '../texts/texts.ts';
import classes from './agency-page.module.css';
import { ClientAccounts } from './client-accounts.tsx';
import { Workspaces } from './workspaces.tsx';

/** `/agency`: the workspace, who its clients are, and what may be shared. */
export function AgencyPage() {
  return (
    <div className={classes.page}>
      <h1 className={classes.title}>{texts.agency.title}</h1>
      <Workspaces />
      <ClientAccounts />
    </div>
  );
}
