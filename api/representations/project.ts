import { z } from '@hono/zod-openapi';
import type { ProjectRecord } from '../../db/read/projects.ts';
import { type Badge, type BadgeFamily, badgeFamilies } from '../../domain/badge.ts';
import { explainBlocker } from '../../domain/onboarding.ts';
import { type Readiness, readiness } from '../../domain/readiness.ts';
import { blockerSchema } from './blocker.ts';
import { presentSharing, type SharingReader, sharingSchema } from './sharing.ts';

const badgeSchema = z.object({ value: z.string(), reason: z.string().nullable(), at: z.iso.datetime().nullable() }).openapi('Badge');
const badgesShape = Object.fromEntries(badgeFamilies.map((family) => [family, badgeSchema])) as Record<BadgeFamily, typeof badgeSchema>;

export const readinessSchema = z
  .object({
    ready: z.boolean(),
    blockers: z.array(blockerSchema),
    warnings: z.array(z.object({ family: z.enum(['fix', 'handoff', 'monitoring']), value: z.string(), reason: z.string().nullable() })),
  })
  .openapi('Readiness');

export const projectSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    domain: z.string(),
    clientId: z.uuid().nullable(),
    clientName: z.string().nullable(),
    badges: z.object(badgesShape),
    readiness: readinessSchema,
    sharing: sharingSchema,
    createdAt: z.iso.datetime(),
  })
  .openapi('ClientProject');

export type ClientProject = z.infer<typeof projectSchema>;

export function presentReadiness(record: ProjectRecord): z.infer<typeof readinessSchema> {
  return inWords(readiness(record, new Date()), record);
}

/** The answer of *verify status* with what each blocker of this project says, and where it is cleared. */
export function inWords(
  { ready, blockers, warnings }: Readiness,
  { id: projectId, clientId }: Pick<ProjectRecord, 'id' | 'clientId'>,
): z.infer<typeof readinessSchema> {
  return { ready, blockers: blockers.map((blocker) => explainBlocker(blocker, { projectId, clientId })), warnings };
}

/** The project as this reader may be shown it. */
export function presentProject(record: ProjectRecord, reader: SharingReader): ClientProject {
  const { badges } = record;
  const shown = badgeFamilies.map((family) => [family, presentBadge(badges[family])]);
  return {
    id: record.id,
    name: record.name,
    domain: record.domain,
    clientId: record.clientId,
    clientName: record.clientName,
    badges: Object.fromEntries(shown) as ClientProject['badges'],
    readiness: presentReadiness(record),
    sharing: presentSharing(record.sharing, reader),
    createdAt: record.createdAt.toISOString(),
  };
}

function presentBadge({ value, reason, at }: Badge): z.infer<typeof badgeSchema> {
  return { value, reason, at: at?.toISOString() ?? null };
}
