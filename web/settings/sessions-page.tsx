import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Status } from '../badge/status.tsx';
import { revokeOtherSessions, revokeSession, type Session, sessionsQuery } from '../data/sessions.ts';
import { ActionButton } from '../frame/action-button.tsx';
import { Panel } from '../frame/panel.tsx';
import { ListBody } from '../table/list-body.tsx';
import { type Column, Rows } from '../table/rows.tsx';
import { texts } from '../texts/texts.ts';
import { Since } from '../time/since.tsx';
import { sayRefused } from '../undo/offer-undo.tsx';
import { ChangePassword } from './change-password.tsx';
import { DeleteSignIn } from './delete-sign-in.tsx';
import { deviceOf } from './device.ts';

const t = texts.sessions;

type Row = Session & { current: boolean };

const columns: Column<Row>[] = [
  {
    key: 'device',
    title: t.device,
    width: 'minmax(9rem, 1.2fr)',
    cell: ({ userAgent }) => <span title={userAgent ?? undefined}>{deviceOf(userAgent) ?? t.unknown}</span>,
  },
  { key: 'address', title: t.address, width: 'minmax(8rem, 1fr)', cell: ({ ipAddress }) => ipAddress || t.unknown },
  { key: 'since', title: t.since, width: 'minmax(6rem, 0.6fr)', cell: ({ createdAt }) => <Since at={createdAt} /> },
  { key: 'ends', title: t.ends, width: 'minmax(6rem, 0.6fr)', cell: ({ expiresAt }) => <Since at={expiresAt} /> },
  { key: 'actions', title: texts.people.actions, width: '9rem', align: 'end', cell: (session) => <End session={session} /> },
];

/** `/settings/sessions`: where one is signed in, and the way out of each. */
export function SessionsPage() {
  const queries = useQueryClient();
  const { data: sessions, error, refetch } = useQuery(sessionsQuery);
  const endOthers = useMutation({
    mutationFn: revokeOtherSessions,
    onError: sayRefused,
    onSuccess: () => queries.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  });
  const tools = (
    <ActionButton
      size="xs"
      variant="default"
      whyNot={sessions && sessions.length <= 1 ? t.noOthers : undefined}
      loading={endOthers.isPending}
      onClick={() => endOthers.mutate()}
    >
      {t.endOthers}
    </ActionButton>
  );
  return (
    <>
      <Panel title={t.title} tools={tools} flush>
        <ListBody count={sessions?.length} error={error} onRetry={() => void refetch()} none={t.none}>
          <Rows label={t.title} columns={columns} entries={(sessions ?? []).map((row) => ({ key: row.id, row }))} scroll="page" />
        </ListBody>
      </Panel>
      <ChangePassword />
      <DeleteSignIn />
    </>
  );
}

function End({ session: { token, userAgent, current } }: { session: Row }) {
  const queries = useQueryClient();
  const end = useMutation({
    mutationFn: () => revokeSession(token),
    onError: sayRefused,
    onSuccess: () => queries.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  });
  if (current) return <Status tone="fine">{t.current}</Status>;
  return (
    <ActionButton size="xs" variant="default" aria-label={t.endOf(deviceOf(userAgent) ?? t.unknown)} loading={end.isPending} onClick={() => end.mutate()}>
      {t.end}
    </ActionButton>
  );
}
