import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { connectCrm, connectionsQuery, type NewCrmConnection } from '../data/crm.ts';
import { useAccount, useWhyNot } from '../frame/account.tsx';
import { ActionButton } from '../frame/action-button.tsx';
import { AgencyAccountRequired } from '../frame/agency-account-required.tsx';
import { Notice } from '../frame/notice.tsx';
import { Panel } from '../frame/panel.tsx';
import { ListBody } from '../table/list-body.tsx';
import { texts } from '../texts/texts.ts';
import { sayRefused } from '../undo/offer-undo.tsx';
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
  const queries = useQueryClient();
  const mayNot = useWhyNot()('crm.manage');
  const list = useQuery({ ...connectionsQuery(id), enabled: !mayNot });
  const [made, setMade] = useState<NewCrmConnection>();
  const connect = useMutation({
    mutationFn: () => connectCrm(id),
    onError: sayRefused,
    onSuccess: (connection) => {
      setMade(connection);
      return queries.invalidateQueries({ queryKey: connectionsQuery(id).queryKey });
    },
  });
  const tools = (
    <ActionButton size="xs" whyNot={mayNot} loading={connect.isPending} onClick={() => connect.mutate()}>
      {t.connect}
    </ActionButton>
  );
  return (
    <>
      <Panel title={t.title} tools={tools}>
        <p className={classes.lead}>{t.explained}</p>
        {mayNot && <Notice title={t.forManagers} detail={mayNot} />}
        {made && <SecretOnce title={t.secret} secret={made.secret} explained={t.secretExplained} onClose={() => setMade(undefined)} />}
        {!mayNot && <ListBody count={list.data?.items.length} error={list.error} onRetry={() => void list.refetch()} none={t.none} />}
      </Panel>
      {list.data?.items.map((connection) => (
        <Connection key={connection.id} connection={connection} />
      ))}
    </>
  );
}
