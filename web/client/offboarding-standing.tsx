import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { beginningOf } from '../../domain/offboarding-policy.ts';
import type { ClientAccount } from '../data/clients.ts';
import { cancelOffboarding, type Offboarding, packPath } from '../data/offboarding.ts';
import { refreshAgency } from '../data/refresh.ts';
import { useAccount, useWhyNot } from '../frame/account.tsx';
import { ConfirmedAction } from '../frame/confirmed-action.tsx';
import { Panel } from '../frame/panel.tsx';
import { texts } from '../texts/texts.ts';
import { calendarDay, day } from '../time/day.ts';
import { Since } from '../time/since.tsx';
import classes from './client-details.module.css';

const t = texts.offboarding;

/** Where an offboarding stands: what was done, what comes next and when, and the pack to take along. */
export function OffboardingStanding({ client, offboarding }: { client: ClientAccount; offboarding: Offboarding }) {
  const { id: agencyId } = useAccount();
  const queries = useQueryClient();
  const whyNot = useWhyNot()('clients.write');
  const cancel = async () => {
    await cancelOffboarding(agencyId, client.id);
    await refreshAgency(queries, agencyId);
  };
  const { state, on, message, createdAt, remindersSent, nextReminderAt } = offboarding;
  const leaves = state === 'scheduled';
  const tools = leaves && (
    <ConfirmedAction
      action={t.cancel}
      whyNot={whyNot}
      explained={client.contactEmail ? t.cancelTells(client.contactEmail) : t.cancelExplained}
      name={client.name}
      act={cancel}
    />
  );
  return (
    <Panel title={t.title} tools={tools}>
      <dl className={classes.details}>
        <dt>{leaves ? t.on : t.left}</dt>
        <dd>
          {calendarDay(on)}
          {leaves && `, ${t.inDays(Math.ceil((beginningOf(on).getTime() - Date.now()) / 86_400_000))}`}
        </dd>
        <dt>{t.notice}</dt>
        <dd>
          {client.contactEmail ? t.told(client.contactEmail) : t.noContact} <Since at={createdAt} />
        </dd>
        {message && (
          <>
            <dt>{t.message}</dt>
            <dd className={classes.notes}>{message}</dd>
          </>
        )}
        {leaves && (
          <>
            <dt>{t.reminders}</dt>
            <dd>
              {t.sent(remindersSent)}
              {nextReminderAt && `, ${t.nextReminder(calendarDay(nextReminderAt))}`}
            </dd>
          </>
        )}
        <dt>{t.pack}</dt>
        <dd>
          <Pack agencyId={agencyId} offboarding={offboarding} />
        </dd>
      </dl>
    </Panel>
  );
}

/** The export pack: on its way, there, or why not. */
function Pack({ agencyId, offboarding: { clientId, pack } }: { agencyId: string; offboarding: Offboarding }) {
  if (pack.state !== 'made') return t.packStates[pack.state];
  return (
    <span className={classes.pack}>
      <Button component="a" size="compact-sm" variant="default" href={packPath(agencyId, clientId)} download>
        {t.download(pack.bytes ?? 0)}
      </Button>
      <span className={classes.quiet}>
        {pack.madeAt && (
          <>
            {t.made} <Since at={pack.madeAt} />
          </>
        )}
        {pack.expiresAt && `, ${t.keptUntil(day(pack.expiresAt))}`}
      </span>
    </span>
  );
}
