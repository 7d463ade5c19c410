import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { PlanState } from '../../domain/plan.ts';
import { Status } from '../badge/status.tsx';
import { type AgencyWorkspace, agenciesQuery } from '../data/agencies.ts';
import { useAccount } from '../frame/account.tsx';
import { Panel } from '../frame/panel.tsx';
import { RefusalNote } from '../refusal/refusal-note.tsx';
import { texts } from '../texts/texts.ts';
import type { Tone } from '../theme/tone.ts';
import { day } from '../time/day.ts';
import { Allowance } from './allowance.tsx';
import classes from './workspaces.module.css';

const planTone = { trialing: 'waits', active: 'fine', cancellation_scheduled: 'needs', past_due: 'blocked', cancelled: 'blocked' } as const satisfies Record<
  PlanState,
  Tone
>;

/** Plan state, what of the allowance is used, and what stands in the workspace. */
export function Workspaces() {
  const account = useAccount();
  const { data, error, refetch } = useQuery(agenciesQuery);
  const workspace = data?.items.find(({ id }) => id === account.id);
  return (
    <Panel title={texts.agency.workspaces}>
      {error && !data ? (
        <RefusalNote error={error} onRetry={() => void refetch()} />
      ) : workspace ? (
        <Workspace workspace={workspace} />
      ) : (
        <Skeleton height={92} />
      )}
    </Panel>
  );
}

function Workspace({
  workspace: { name, plan, clients, scans, projects, unassignedProjects, monitoredProjects, sharedReports },
}: {
  workspace: AgencyWorkspace;
}) {
  const t = texts.agency;
  const ending = plan.state !== 'active';
  const until = ending ? t.ends(day(scans.periodEnd)) : t.renews(day(scans.periodEnd));
  return (
    <div className={classes.workspace}>
      <div className={classes.who}>
        <p className={classes.name}>{name}</p>
        <p className={classes.plan}>
          <Status tone={planTone[plan.state]}>{t.planStates[plan.state]}</Status>
          <span className={classes.quiet}>{plan.eligible ? until : t.nothingNew}</span>
        </p>
      </div>
      <Allowance label={t.clients} used={clients.used} limit={clients.limit} />
      <Allowance label={t.scans} used={scans.used} limit={scans.limit} />
      <dl className={classes.facts}>
        <Fact label={t.projects} value={String(projects)} note={unassignedProjects > 0 && t.unassigned(unassignedProjects)} />
        <Fact label={t.sharedReports} value={String(sharedReports)} />
        <Fact label={t.whiteLabel} value={plan.whiteLabel ? t.on : t.off} />
        <Fact label={t.monitored} value={t.upTo(monitoredProjects.limit)} />
      </dl>
    </div>
  );
}

function Fact({ label, value, note }: { label: string; value: string; note?: string | false }) {
  return (
    <div>
      <dt className={classes.quiet}>{label}</dt>
      <dd>
        <strong>{value}</strong> {note && <span className={classes.quiet}>{note}</span>}
      </dd>
    </div>
  );
}
