import { z } from 'zod';
import { onLimitChoices } from './onboarding.ts';
import { emailAddress, optionalText, text } from './text.ts';

export const clientStates = ['pending', 'active', 'archived'] as const;
export type ClientState = (typeof clientStates)[number];

/** What is known of a client organisation when it is asked for. */
export interface ClientDetails {
  name: string;
  contactEmail: string | null;
  externalReference: string | null;
  notes: string | null;
}

const blankIsAbsent = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value);

export const clientName = text(200);
export const externalReference = optionalText(200);
export const contactEmail = z.preprocess(blankIsAbsent, emailAddress.optional());
export const clientNotes = optionalText(10_000);

/** Body of `POST /v1/agencies/{agencyId}/clients`. */
export const onboardClientRequest = z.object({
  name: clientName,
  contactEmail: contactEmail.nullish(),
  externalReference: externalReference.nullish(),
  notes: clientNotes.nullish(),
  projectId: z.uuid().nullish(),
  onLimit: z.enum(onLimitChoices).default('refuse'),
});
export type OnboardClientRequest = z.infer<typeof onboardClientRequest>;
