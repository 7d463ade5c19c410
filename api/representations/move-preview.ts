import { z } from '@hono/zod-openapi';
import type { ProjectRecord } from '../../db/read/projects.ts';
import type { ClientId } from '../../domain/ids.ts';
import { onboardingStates } from '../../domain/onboarding.ts';
import type { MovePlan } from '../../domain/project-move.ts';
import { inWords, readinessSchema } from './project.ts';

const change = <Schema extends z.ZodType>(schema: Schema) => z.object({ from: schema, to: schema });

export const onboardingEffectSchema = z
  .object({ id: z.uuid(), clientId: z.uuid(), effect: z.enum(['loses_project', 'takes_project', 'ends']), state: change(z.enum(onboardingStates)) })
  .openapi('OnboardingEffect');

export const movePreviewSchema = z
  .object({
    projectId: z.uuid(),
    move: z.enum(['assigned', 'moved', 'unassigned', 'unchanged']),
    clientId: change(z.uuid().nullable()),
    reversible: z.boolean().openapi({ description: 'Does moving it back bring back all that was: no link dies, no onboarding ends.' }),
    sharing: z.object({ ends: z.boolean().openapi({ description: 'The link that clients have now is dead from then on.' }), views: z.int() }),
    onboardings: z.array(onboardingEffectSchema),
    badges: z.object({ report: change(z.string()) }),
    readiness: readinessSchema.openapi({ description: 'Of the project, behind the move.' }),
  })
  .openapi('MovePreview');

export function presentMovePlan(project: ProjectRecord, to: ClientId | null, plan: MovePlan): z.infer<typeof movePreviewSchema> {
  return {
    projectId: project.id,
    move: plan.move,
    clientId: { from: project.clientId, to },
    reversible: plan.reversible,
    sharing: { ends: plan.endsSharing, views: project.sharing.views },
    onboardings: plan.onboardings.map(({ from, to: state, ...effect }) => ({ ...effect, state: { from, to: state } })),
    badges: { report: plan.reportBadge },
    readiness: inWords(plan.readiness, { id: project.id, clientId: to }),
  };
}
