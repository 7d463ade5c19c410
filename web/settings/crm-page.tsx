import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { connectionsQuery, type NewCrmConnection } from '../data/crm.ts';
import { useAccount, useWhyNot } from '../frame/account.tsx';
import { AgencyAccountRequired } from '../frame/agency-account-required.tsx';
import { Notice } from '../frame/notice.tsx';
import { Panel } from '../frame/panel.tsx';
import { ListBody } from '../table/list-body.tsx';
import { texts } from '../texts/texts.ts';
import { ConnectCrmForm } from './connect-crm-form.tsx';
import { Connection } from './connection.tsx';
import classes from './explained.module.css';
import { SecretOnce } from './secret-once.tsx';

const t = texts.crm;

/** `/settings/crm`: a won deal becomes a client account with nobody typing. */
export function CrmPage() {
  const { kind } = useAccount();
  return kind === 'direct' ? <AgencyAccountRequired /> : <CrmConnections />;
}

function CrmConnections() {
  const { id } = useAccount();
  const mayNot = useWhyNot()('crm.manage');
  const list = useQuery({ ...connectionsQuery(id), enabled: !mayNot });
  const [made, setMade] = useState<NewCrmConnection>();
  return (
    <>
      <Panel title={t.title}>
        <p className={classes.lead}>{t.explained}</p>
        {mayNot && <Notice title={t.forManagers} detail={mayNot} />}
        {!mayNot && <ListBody count={list.data?.items.length} error={list.error} onRetry={() => void list.refetch()} none={t.none} />}
      </Panel>
      {list.data?.items.map((connection) => (
        <Connection key={connection.id} connection={connection} />
      ))}
      {/* Above the form that made it, for there the eye is. */}
      {made && <SecretOnce title={t.secret} secret={made.secret} explained={t.secretExplained} onClose={() => setMade(undefined)} />}
      {!mayNot && <ConnectCrmForm connected={list.data?.items.length ?? 0} onMade={setMade} />}
    </>
  );
}
