import { sql } from 'kysely';
import { type Badge, type Badges, initialBadges, type ReportedBadgeFamily, reportedBadgeFamilies } from '../../domain/badge.ts';
import type { ClientState } from '../../domain/client.ts';
import type { AgencyId, ClientId, ProjectId } from '../../domain/ids.ts';
import type { PlanState } from '../../domain/plan.ts';
import type { ReadinessFacts } from '../../domain/readiness.ts';
import { type Gates, reportBadge } from '../../domain/report.ts';
import { type RecordedSharingState, type SharingState, shownSharingState } from '../../domain/sharing.ts';
import type { TenantReader } from '../tenant.ts';
import { type SealedLinks, sealedLinks } from './sharing.ts';

/** A project with all that its readiness follows from. */
export interface ProjectRecord extends ReadinessFacts {
  id: ProjectId;
  name: string;
  domain: string;
  clientId: ClientId | null;
  clientName: string | null;
  sharing: { state: SharingState; expiresAt: Date | null; views: number; lastViewedAt: Date | null; sealed: SealedLinks | null };
  createdAt: Date;
}

/** The agency's projects with badges, report gates, client, plan and sharing, for the queries of this folder to narrow. */
export function selectProjects(reader: TenantReader, agencyId: AgencyId) {
  return reader
    .selectFrom('projects as project')
    .innerJoin('plans as plan', 'plan.agency_id', 'project.agency_id')
    .leftJoin('clients as client', (join) => join.onRef('client.agency_id', '=', 'project.agency_id').onRef('client.id', '=', 'project.client_id'))
    .leftJoin('reports as report', (join) => join.onRef('report.agency_id', '=', 'project.agency_id').onRef('report.project_id', '=', 'project.id'))
    .leftJoin('sharings as sharing', (join) => join.onRef('sharing.agency_id', '=', 'project.agency_id').onRef('sharing.project_id', '=', 'project.id'))
    .leftJoin('share_views as viewed', (join) =>
      join
        .onRef('viewed.agency_id', '=', 'project.agency_id')
        .onRef('viewed.project_id', '=', 'project.id')
        .onRef('viewed.client_id', '=', 'sharing.client_id'),
    )
    .where('project.agency_id', '=', agencyId)
    .select([
      'project.id',
      'project.name',
      'project.domain',
      'project.client_id',
      'project.created_at',
      'client.name as client_name',
      'client.state as client_state',
      'plan.state as plan_state',
      'plan.period_end',
      'report.gates',
      'report.at as report_at',
      'sharing.state as sharing_state',
      'sharing.expires_at',
      'sharing.sealed_token',
      'sharing.sealed_portal_token',
      'viewed.views',
      'viewed.last_viewed_at',
      sql<StoredBadges | null>`(
        select jsonb_object_agg(badge.family, jsonb_build_object('value', badge.value, 'reason', badge.reason, 'at', badge.at))
        from badges as badge where badge.agency_id = project.agency_id and badge.project_id = project.id
      )`.as('badges'),
    ]);
}

/**
 * Is the report of a row of `selectProjects` neither shared nor ready to be shared at `now`? What `readiness` says of one project, for the database
 * to say of many: a test holds the two together.
 */
export function isBlocked(now: Date) {
  return sql<boolean>`(
    not coalesce(sharing.state = 'shared' and (sharing.expires_at is null or sharing.expires_at > ${now}), false)
    and not (
      coalesce(client.state = 'active', false)
      and exists (
        select from badges as scan
        where scan.agency_id = project.agency_id and scan.project_id = project.id and scan.family = 'scan' and scan.value = 'completed'
      )
      and report.gates is not null
      and not exists (select from jsonb_each(report.gates) as gate where gate.value ->> 'state' <> 'passed')
      and (plan.state in ('trialing', 'active') or (plan.state = 'cancellation_scheduled' and plan.period_end > ${now}))
    )
  )`;
}

type StoredBadges = Partial<Record<ReportedBadgeFamily, { value: Badge['value']; reason: string | null; at: string }>>;

export interface ProjectRow {
  id: ProjectId;
  name: string;
  domain: string;
  client_id: ClientId | null;
  created_at: Date;
  client_name: string | null;
  client_state: ClientState | null;
  plan_state: PlanState;
  period_end: Date;
  gates: Gates | null;
  report_at: Date | null;
  sharing_state: RecordedSharingState | null;
  expires_at: Date | null;
  sealed_token: Buffer | null;
  sealed_portal_token: Buffer | null;
  views: number | null;
  last_viewed_at: Date | null;
  badges: StoredBadges | null;
}

/** A row of `selectProjects` as the product sees it at `now`. */
export function toProject(row: ProjectRow, now: Date): ProjectRecord {
  const state = shownSharingState({ state: row.sharing_state ?? 'private', expiresAt: row.expires_at }, now);
  return {
    id: row.id,
    name: row.name,
    domain: row.domain,
    clientId: row.client_id,
    clientName: row.client_name,
    clientState: row.client_state,
    badges: badgesOf(row, state === 'shared'),
    plan: { state: row.plan_state, periodEnd: row.period_end },
    sharing: { state, expiresAt: row.expires_at, views: row.views ?? 0, lastViewedAt: row.last_viewed_at, sealed: sealedLinks(row) },
    createdAt: row.created_at,
  };
}

function badgesOf({ badges, gates, report_at }: ProjectRow, shared: boolean): Badges {
  const report = gates && report_at ? { gates, at: report_at } : null;
  const reported = reportedBadgeFamilies.map((family): [ReportedBadgeFamily, Badge] => {
    const known = badges?.[family];
    return [family, known ? { value: known.value, reason: known.reason, at: new Date(known.at) } : { value: initialBadges[family], reason: null, at: null }];
  });
  return { ...(Object.fromEntries(reported) as Record<ReportedBadgeFamily, Badge>), report: reportBadge(report, shared) };
}
