import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { deleteMe, meQuery } from '../data/me.ts';
import { queries } from '../data/queries.ts';
import { ConfirmedAction } from '../frame/confirmed-action.tsx';
import { Panel } from '../frame/panel.tsx';
import { texts } from '../texts/texts.ts';
import explained from './explained.module.css';

const t = texts.sessions;

/** The way out of Foyer, for whoever is no account's last owner. */
export function DeleteSignIn() {
  const { data: me } = useQuery(meQuery);
  const navigate = useNavigate();
  const leave = async () => {
    await deleteMe();
    queries.clear();
    await navigate({ to: '/sign-in' });
  };
  return (
    <Panel title={t.delete}>
      <p className={explained.lead}>{t.deleteExplained}</p>
      {me && <ConfirmedAction action={t.delete} explained={t.deleteLast(me.accounts.length)} name={me.email} act={leave} />}
    </Panel>
  );
}
