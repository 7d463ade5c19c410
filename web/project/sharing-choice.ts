import { expiryDays } from '../../domain/sharing-expiry.ts';

/** What a person chooses of sharing: not, as it is or without an end, or for so many days. */
export type SharingChoice = 'private' | 'shared' | `days${(typeof expiryDays)[number]}`;

const forDays = expiryDays.map((days): SharingChoice => `days${days}`);
const dayMs = 86_400_000;

export function sharingChoices(shared: boolean): SharingChoice[] {
  return shared ? ['shared', ...forDays, 'private'] : ['private', 'shared', ...forDays];
}

/** When links that are saved with this choice end: undefined where their end stays as it is, null for never. */
export function expiryOf(choice: SharingChoice, { shared }: { shared: boolean }): string | null | undefined {
  const days = expiryDays.find((known) => choice === `days${known}`);
  if (days !== undefined) return new Date(Date.now() + days * dayMs).toISOString();
  return shared ? undefined : null;
}
