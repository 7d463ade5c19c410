import { z } from 'zod';
import { onLimitChoices } from './onboarding.ts';
import { emailAddress, line, optional, text } from './text.ts';

export { type ClientState, clientStates } from './client-state.ts';

/** What is known of a client organisation when it is asked for. */
export interface ClientDetails {
  name: string;
  contactEmail: string | null;
  externalReference: string | null;
  notes: string | null;
}

export const clientName = line(200);
export const externalReference = line(200);
export const contactEmail = emailAddress;
export const clientNotes = text(10_000);

/** Body of `POST /v1/agencies/{agencyId}/clients`. */
export const onboardClientRequest = z.object({
  name: clientName,
  contactEmail: optional(contactEmail).nullable(),
  externalReference: optional(externalReference).nullable(),
  notes: optional(clientNotes).nullable(),
  projectId: z.uuid().toLowerCase().nullish(),
  onLimit: z.enum(onLimitChoices).default('refuse'),
  shareWhenReady: z.boolean().optional(),
});
export type OnboardClientRequest = z.infer<typeof onboardClientRequest>;

/** Body of `POST …/clients/{clientId}/merge`: the client that stays. */
export const mergeClientsRequest = z.object({ into: z.uuid().toLowerCase() });

/** A field that may be emptied: null or blank clears it, left out it stays as it is. */
function clearable<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value) => (typeof value === 'string' && value.trim() === '' ? null : value), schema.nullable()).optional();
}

/** Body of `PATCH /v1/agencies/{agencyId}/clients/{clientId}`; what is left out stays as it is. */
export const editClientRequest = z
  .object({
    name: clientName.optional(),
    contactEmail: clearable(contactEmail),
    externalReference: clearable(externalReference),
    notes: clearable(clientNotes),
  })
  .refine((change) => Object.values(change).some((value) => value !== undefined), 'must name a field to change');
