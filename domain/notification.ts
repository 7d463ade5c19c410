import { z } from 'zod';
import type { Role } from './permission.ts';

/** What the people of an account can be told by mail, each by their own choice. */
export const notificationKinds = [
  'onboarding.reminder',
  'onboarding.stalled',
  'onboarding.needs_attention',
  'sharing.not_opened',
  'offboarding',
  'import.ended',
] as const;
export type NotificationKind = (typeof notificationKinds)[number];

/** For each kind, is somebody told? */
export type Notifications = Record<NotificationKind, boolean>;

/** For each kind, whether a person is told, as the API answers it. */
export const notificationsSchema = z.object({
  'onboarding.reminder': z.boolean(),
  'onboarding.stalled': z.boolean(),
  'onboarding.needs_attention': z.boolean(),
  'sharing.not_opened': z.boolean(),
  offboarding: z.boolean(),
  'import.ended': z.boolean(),
} satisfies Record<NotificationKind, z.ZodType>);

/**
 * Body of `PUT /v1/accounts/{accountId}/notifications`: a kind that is left out stays as it is, so that callers need not know of every kind. One that there
 * is not is refused: whoever misspells it would go on being told, or not, and believe otherwise.
 */
export const notificationsRequest = notificationsSchema
  .partial()
  .strict()
  .refine((chosen) => Object.values(chosen).some((wanted) => wanted !== undefined), 'must name a kind of mail');

/** Who is told everything until they choose otherwise. */
export const rolesToldByDefault: readonly Role[] = ['owner', 'admin'];

/** What a person of this role is told who has chosen so far as given. */
export function notificationsOf(role: Role, chosen: Partial<Notifications>): Notifications {
  const byDefault = rolesToldByDefault.includes(role);
  return {
    'onboarding.reminder': byDefault,
    'onboarding.stalled': byDefault,
    'onboarding.needs_attention': byDefault,
    'sharing.not_opened': byDefault,
    offboarding: byDefault,
    'import.ended': byDefault,
    ...chosen,
  };
}
