import { z } from '@hono/zod-openapi';
import type { AgencyRecord } from '../../db/read/agency.ts';
import { planStates } from '../../domain/plan.ts';

export const agencySchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    plan: z.object({ state: z.enum(planStates), eligible: z.boolean(), whiteLabel: z.boolean() }),
    clients: z.object({ used: z.int(), limit: z.int(), overLimit: z.boolean() }),
    scans: z.object({ used: z.int(), limit: z.int(), periodEnd: z.iso.datetime() }),
    projects: z.int(),
    unassignedProjects: z.int(),
    monitoredProjects: z.object({ limit: z.int() }),
    sharedReports: z.int(),
    onboardings: z.object({ open: z.int(), needPeople: z.int() }),
  })
  .openapi('AgencyWorkspace');

export function presentAgency(record: AgencyRecord): z.infer<typeof agencySchema> {
  return { ...record, scans: { ...record.scans, periodEnd: record.scans.periodEnd.toISOString() } };
}
