import { z } from 'zod';
import { line } from './text.ts';

const pointer = line(200).refine((value) => /^(\/([^~/]|~[01])*)+$/.test(value), 'must be a JSON pointer into data, such as /deal/id');

/** What is left out is where it is by default; null is not taken. A client without a name or a reference could not be told from another. */
export const crmMappingRequest = z.strictObject({
  externalReference: pointer.optional(),
  name: pointer.optional(),
  contactEmail: pointer.nullish(),
  notes: pointer.nullish(),
  domain: pointer.nullish(),
});

// Foyer's own are test events, which start nothing.
const eventTypes = z.array(line(100).refine((type) => !type.startsWith('foyer.'), 'must not begin with "foyer."')).max(20);

export const crmTriggerRequest = z
  .strictObject({ onboard: eventTypes.min(1), update: eventTypes.default([]) })
  .refine(({ onboard, update }) => !onboard.some((type) => update.includes(type)), {
    message: 'a type either onboards or updates',
    path: ['update'],
  });

export const crmReadingRequest = z.object({ mapping: crmMappingRequest.optional(), trigger: crmTriggerRequest.optional() });
