import { sql } from 'kysely';
import type { TenantTransaction } from '../db/tenant.ts';
import type { Actor } from '../domain/actor.ts';
import type { EventKind } from '../domain/event.ts';
import type { AgencyId } from '../domain/ids.ts';
import type { StepRun } from './step-run.ts';

/** Bounds how much of the history is looked at; more than clocks differ by. */
const earlierMs = 60 * 60_000;

/** Of a command that nothing has gone wrong with yet. */
export const firstAttempt: StepRun = { attempt: 1, startedAt: new Date(0) };

/**
 * Has an earlier attempt of this command been through, whose answer was lost with its worker? Then nothing is to be done, however things stand: what is
 * otherwise by now, somebody else has made so since. Told by the event that the command writes with its request. Ask behind the lock of what it changes.
 */
export async function wasCarriedOut(
  tx: TenantTransaction,
  { attempt, startedAt }: StepRun,
  { agencyId, actor }: { agencyId: AgencyId; actor: Actor },
  ...kinds: EventKind[]
): Promise<boolean> {
  const requestId = actor.origin?.requestId;
  if (attempt === 1 || requestId === undefined) return false;
  const event = await tx
    .selectFrom('events')
    .select('id')
    .where('agency_id', '=', agencyId)
    .where('at', '>', new Date(startedAt.getTime() - earlierMs))
    .where('kind', 'in', kinds)
    .where(sql`origin ->> 'requestId'`, '=', requestId)
    .limit(1)
    .executeTakeFirst();
  return event !== undefined;
}
