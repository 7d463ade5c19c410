import { z } from 'zod';

/** Body of `PUT …/onboardings/{onboardingId}/share-when-ready`. */
export const shareWhenReadyRequest = z.object({ wanted: z.boolean() });
