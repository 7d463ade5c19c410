import { z } from 'zod';
import { emailAddress, line } from './text.ts';

/** Long enough that guessing is hopeless under the limits on attempts; nothing else is asked of a password. */
export const passwordLength = { min: 10, max: 128 } as const;

/** How old a session may be in which somebody deletes their sign-in. */
export const freshSessionMs = 60 * 60_000;

const address = emailAddress.transform((value) => value.toLowerCase());
const newPassword = z.string().min(passwordLength.min).max(passwordLength.max);
/** Of a link or of a session: letters, digits and signs, none of which the database could not look for. */
const token = z
  .string()
  .max(2_000)
  .regex(/^[\x21-\x7e]+$/, 'must be a token');

/** Bodies of the credential endpoints under `/api/auth`; what they do not name is not passed on. */
export const signUpRequest = z.object({ name: line(100), email: address, password: newPassword });
export const signInRequest = z.object({ email: address, password: z.string().min(1).max(passwordLength.max), rememberMe: z.boolean().optional() });
export const emailRequest = z.object({ email: address });
export const resetPasswordRequest = z.object({ token, newPassword });
export const changePasswordRequest = z.object({
  currentPassword: z.string().min(1).max(passwordLength.max),
  newPassword,
  revokeOtherSessions: z.boolean().default(true),
});
export const updatePersonRequest = z.object({ name: line(100) });
export const revokeSessionRequest = z.object({ token });
export const verifyEmailQuery = z.object({ token });
