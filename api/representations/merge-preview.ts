import { z } from '@hono/zod-openapi';
import type { MergeFacts, MergePlan } from '../../domain/client-merge.ts';
import { onboardingEffectSchema } from './move-preview.ts';

export const mergePreviewSchema = z
  .object({
    clientId: z.uuid(),
    into: z.uuid(),
    projects: z.array(z.object({ id: z.uuid(), name: z.string(), sharing: z.object({ ends: z.boolean() }) })),
    freesSlot: z.boolean(),
    fills: z
      .object({ contactEmail: z.string(), externalReference: z.string(), notes: z.string() })
      .partial()
      .openapi({ description: 'What the client that stays has not, and gets.' }),
    onboardings: z.array(onboardingEffectSchema),
  })
  .openapi('MergePreview');

export function presentMergePlan({ client, into }: MergeFacts, plan: MergePlan): z.infer<typeof mergePreviewSchema> {
  return {
    clientId: client.id,
    into: into.id,
    projects: plan.projects.map(({ endsSharing, ...project }) => ({ ...project, sharing: { ends: endsSharing } })),
    freesSlot: plan.freesSlot,
    fills: Object.fromEntries(Object.entries(plan.fills).filter(([, value]) => value !== null)),
    onboardings: plan.onboardings.map(({ from, to, ...effect }) => ({ ...effect, state: { from, to } })),
  };
}
