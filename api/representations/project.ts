import { z } from '@hono/zod-openapi';
import type { ProjectRecord } from '../../db/read/projects.ts';
import { type Badge, type BadgeFamily, badgeFamilies } from '../../domain/badge.ts';
import { explainBlocker } from '../../domain/onboarding.ts';
import { readiness } from '../../domain/readiness.ts';
import { blockerSchema } from './blocker.ts';

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
    sharing: z.object({
      state: z.enum(['private', 'shared', 'disabled', 'expired']),
      expiresAt: z.iso.datetime().nullable(),
      views: z.int(),
      lastViewedAt: z.iso.datetime().nullable(),
    }),
    createdAt: z.iso.datetime(),
  })
  .openapi('ClientProject');

export type ClientProject = z.infer<typeof projectSchema>;

export function presentReadiness(record: ProjectRecord): z.infer<typeof readinessSchema> {
  const { ready, blockers, warnings } = readiness(record, new Date());
  return { ready, blockers: blockers.map(explainBlocker), warnings };
}

export function presentProject(record: ProjectRecord): ClientProject {
  const { sharing, badges } = record;
  const shown = badgeFamilies.map((family) => [family, presentBadge(badges[family])]);
  return {
    id: record.id,
    name: record.name,
    domain: record.domain,
    clientId: record.clientId,
    clientName: record.clientName,
    badges: Object.fromEntries(shown) as ClientProject['badges'],
    readiness: presentReadiness(record),
    sharing: { ...sharing, expiresAt: sharing.expiresAt?.toISOString() ?? null, lastViewedAt: sharing.lastViewedAt?.toISOString() ?? null },
    createdAt: record.createdAt.toISOString(),
  };
}

function presentBadge({ value, reason, at }: Badge): z.infer<typeof badgeSchema> {
  return { value, reason, at: at?.toISOString() ?? null };
}
