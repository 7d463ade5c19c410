import { z } from 'zod';
import { problemSchema } from '../../api/problem.ts';
import { clientSchema } from '../../api/representations/client.ts';
import { listedCrmConnectionSchema, newCrmConnectionSchema } from '../../api/representations/crm-connection.ts';
import { crmDeliverySchema } from '../../api/representations/crm-delivery.ts';
import { duplicateSchema, lookalikeSchema } from '../../api/representations/duplicate.ts';
import { eventSchema } from '../../api/representations/event.ts';
import { importPreviewSchema, importSchema, importWithRowsSchema, takenImportSchema } from '../../api/representations/import.ts';
import { mergePreviewSchema } from '../../api/representations/merge-preview.ts';
import { movePreviewSchema } from '../../api/representations/move-preview.ts';
import { offboardingSchema } from '../../api/representations/offboarding.ts';
import { onboardingSchema } from '../../api/representations/onboarding.ts';
import { projectSchema, readinessSchema } from '../../api/representations/project.ts';
import { sharingSchema } from '../../api/representations/sharing.ts';
import { type RefusalCode, refusals } from '../../domain/refusal.ts';
import type { Answer } from './api.ts';

const page = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** What operations answer, for `answer.as(answers.onboarded)`. */
export const answers = {
  onboarded: z.object({ client: clientSchema, onboarding: onboardingSchema }),
  accepted: z.object({ onboarding: onboardingSchema }),
  client: clientSchema,
  clients: page(clientSchema),
  onboarding: onboardingSchema,
  onboardings: page(onboardingSchema),
  mergePreview: mergePreviewSchema,
  movePreview: movePreviewSchema,
  duplicates: page(duplicateSchema),
  lookalikes: z.object({ items: z.array(lookalikeSchema) }),
  offboarding: offboardingSchema,
  project: projectSchema,
  projects: page(projectSchema),
  readiness: readinessSchema,
  sharing: sharingSchema,
  events: page(eventSchema),
  connection: newCrmConnectionSchema,
  connections: page(listedCrmConnectionSchema),
  deliveries: page(crmDeliverySchema),
  imports: page(importSchema),
  import: importWithRowsSchema,
  importPreview: importPreviewSchema,
  takenImport: takenImportSchema,
  taken: z.object({ onboardingId: z.uuid() }),
  problem: problemSchema,
};

/** A refusal as its row in the table says it: `expect(answer).toMatchObject(refusal('NOT_FOUND'))`. Where it leads is the case's own. */
export function refusal(code: RefusalCode) {
  const { status, title, nextAction } = refusals[code];
  return { status, body: { type: `/docs/refusals/${code}`, code, status, title, nextAction: { label: nextAction.label } } };
}

/** The body with the request's own id taken out: what is left is the same, byte for byte, wherever two answers may not differ. */
export function withoutRequestId({ headers, text }: Answer): string {
  return text.replaceAll(headers.get('x-request-id') ?? '', 'REQUEST');
}
