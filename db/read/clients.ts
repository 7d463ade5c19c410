import type { ClientState } from '../../domain/client.ts';
import type { AgencyId, ClientId, OffboardingId, OnboardingId } from '../../domain/ids.ts';
import type { Blocker, OnboardingState } from '../../domain/onboarding.ts';
import type { TenantReader } from '../tenant.ts';

/** A client account as lists and pages show it. */
export interface ClientRecord {
  id: ClientId;
  name: string;
  contactEmail: string | null;
  externalReference: string | null;
  notes: string | null;
  state: ClientState;
  projectCount: number;
  version: number;
  createdAt: Date;
  archivedAt: Date | null;
  /** The newest onboarding of this client. */
  onboarding: { id: OnboardingId; state: OnboardingState; stateSince: Date; blockers: Blocker[] } | null;
  /** Set while the client is to leave. */
  offboarding: { id: OffboardingId; endsAt: Date } | null;
}

/** The agency's clients with project count, newest onboarding and the offboarding that is to come, for the queries of this folder to narrow. */
export function selectClients(reader: TenantReader, agencyId: AgencyId) {
  return reader
    .selectFrom('clients as client')
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('onboardings as newest')
          .whereRef('newest.agency_id', '=', 'client.agency_id')
          .whereRef('newest.client_id', '=', 'client.id')
          .orderBy('newest.created_at', 'desc')
          .limit(1)
          .select(['newest.id', 'newest.state', 'newest.state_since', 'newest.blockers'])
          .as('onboarding'),
      (join) => join.onTrue(),
    )
    .leftJoin('offboardings as leaving', (join) =>
      join.onRef('leaving.agency_id', '=', 'client.agency_id').onRef('leaving.client_id', '=', 'client.id').on('leaving.state', '=', 'scheduled'),
    )
    .where('client.agency_id', '=', agencyId)
    .select((eb) => [
      'client.id',
      'client.name',
      'client.contact_email',
      'client.external_reference',
      'client.notes',
      'client.state',
      'client.version',
      'client.created_at',
      'client.archived_at',
      'onboarding.id as onboarding_id',
      'onboarding.state as onboarding_state',
      'onboarding.state_since as onboarding_since',
      'onboarding.blockers',
      'leaving.id as offboarding_id',
      'leaving.ends_at as leaves_at',
      eb
        .selectFrom('projects as project')
        .whereRef('project.agency_id', '=', 'client.agency_id')
        .whereRef('project.client_id', '=', 'client.id')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .as('project_count'),
    ]);
}

export interface ClientRow {
  id: ClientId;
  name: string;
  contact_email: string | null;
  external_reference: string | null;
  notes: string | null;
  state: ClientState;
  version: number;
  created_at: Date;
  archived_at: Date | null;
  onboarding_id: OnboardingId | null;
  onboarding_state: OnboardingState | null;
  onboarding_since: Date | null;
  blockers: Blocker[] | null;
  offboarding_id: OffboardingId | null;
  leaves_at: Date | null;
  project_count: number | null;
}

export function toClient(row: ClientRow): ClientRecord {
  return {
    id: row.id,
    name: row.name,
    contactEmail: row.contact_email,
    externalReference: row.external_reference,
    notes: row.notes,
    state: row.state,
    projectCount: row.project_count ?? 0,
    version: row.version,
    createdAt: row.created_at,
    archivedAt: row.archived_at,
    onboarding: onboardingOf(row),
    offboarding: row.offboarding_id && row.leaves_at ? { id: row.offboarding_id, endsAt: row.leaves_at } : null,
  };
}

function onboardingOf({ onboarding_id: id, onboarding_state: state, onboarding_since: stateSince, blockers }: ClientRow): ClientRecord['onboarding'] {
  return id && state && stateSince ? { id, state, stateSince, blockers: blockers ?? [] } : null;
}
