import { Skeleton, Switch } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { NotificationKind } from '../../domain/notification.ts';
import { type Notifications, notificationsQuery, setNotifications } from '../data/notifications.ts';
import { useAccount } from '../frame/account.tsx';
import { AgencyAccountRequired } from '../frame/agency-account-required.tsx';
import { Panel } from '../frame/panel.tsx';
import { RefusalNote } from '../refusal/refusal-note.tsx';
import { texts } from '../texts/texts.ts';
import explained from './explained.module.css';
import classes from './notifications-page.module.css';

const t = texts.notifications;
const kinds = Object.keys(t.kinds) as NotificationKind[];

/** `/settings/notifications`: which mails of the account one gets. The choice is one's own. */
export function NotificationsPage() {
  const { id, kind, restricted } = useAccount();
  const queries = useQueryClient();
  const { queryKey } = notificationsQuery(id);
  const { data: chosen, error, refetch } = useQuery({ ...notificationsQuery(id), enabled: kind === 'agency' });
  const choose = useMutation({
    mutationFn: (next: Notifications) => setNotifications(id, next),
    onSuccess: (saved) => queries.setQueryData(queryKey, saved),
  });
  if (kind === 'direct') return <AgencyAccountRequired />;
  // What was just switched is shown so while it is sent; refused, it is again as it was.
  const shown = choose.isPending ? choose.variables : chosen;
  return (
    <Panel title={t.title}>
      <p className={explained.lead}>
        {t.explained} {restricted && t.restricted}
      </p>
      {error && !chosen && <RefusalNote error={error} onRetry={() => void refetch()} />}
      {choose.error && <RefusalNote error={choose.error} />}
      {!shown && !error && <Skeleton height={220} />}
      {shown && (
        <div className={classes.choices}>
          {kinds.map((each) => (
            <Switch
              key={each}
              label={t.kinds[each].label}
              description={t.kinds[each].explained}
              checked={shown[each]}
              onChange={({ currentTarget }) => choose.mutate({ ...shown, [each]: currentTarget.checked })}
            />
          ))}
        </div>
      )}
    </Panel>
  );
}
