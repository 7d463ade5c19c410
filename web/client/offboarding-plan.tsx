import { useQuery } from '@tanstack/react-query';
import { beginningOf, defaultOffboardingPolicy } from '../../domain/offboarding-policy.ts';
import type { ClientAccount } from '../data/clients.ts';
import { sharedProjectsQuery } from '../data/projects.ts';
import { useAccount } from '../frame/account.tsx';
import { texts } from '../texts/texts.ts';
import { calendarDay } from '../time/day.ts';
import classes from './client-details.module.css';

const t = texts.offboarding;

interface OffboardingPlanProps {
  client: ClientAccount;
  /** The day that was chosen, as `2026-12-31`. */
  on: string | undefined;
}

/** What offboarding the client will do, and when. */
export function OffboardingPlan({ client, on }: OffboardingPlanProps) {
  const { id: agencyId } = useAccount();
  const { data: shared } = useQuery(sharedProjectsQuery(agencyId, client.id));
  const { contactEmail, projectCount } = client;
  const { packKeptMs, remindBeforeMs } = defaultOffboardingPolicy;
  const endsAt = on ? beginningOf(on).getTime() : undefined;
  const dayAfter = (ms: number) => (endsAt === undefined ? undefined : calendarDay(new Date(endsAt + ms).toISOString()));
  const reminders = remindBeforeMs.filter((beforeMs) => endsAt === undefined || endsAt - beforeMs > Date.now());
  const links = (shared ?? []).map(({ name }) => name);
  return (
    <section aria-label={t.plan}>
      <h3 className={classes.heading}>{t.plan}</h3>
      <dl className={classes.details}>
        <dt>{t.now}</dt>
        <dd>
          {contactEmail ? t.noticeNow(contactEmail) : t.noContact} {t.packNow(dayAfter(packKeptMs))}
        </dd>
        {reminders.map((beforeMs) => (
          <div key={beforeMs} className={classes.row}>
            <dt>{dayAfter(-beforeMs) ?? t.daysBefore(beforeMs / 86_400_000)}</dt>
            <dd>{contactEmail ? t.remindedBoth(contactEmail) : t.remindedPeople}</dd>
          </div>
        ))}
        <dt>{dayAfter(0) ?? t.onTheDay}</dt>
        <dd>
          {links.length > 0 ? t.linksEnd(links) : t.noLinks} {t.leaves(projectCount)}
        </dd>
        <dt>{t.untilThen}</dt>
        <dd>{t.cancellable}</dd>
      </dl>
    </section>
  );
}
