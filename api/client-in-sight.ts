import type { TenantSight } from '../db/tenant.ts';
import type { ClientId } from '../domain/ids.ts';
import { refused } from './refused.ts';

/**
 * For requests that put something under a client. Who is restricted to some clients names one of them, or is answered as for a client that is not
 * there (`NOT_FOUND`); under no client it would be out of their own sight (`AGENCY_ROLE_REQUIRED`).
 */
export function assertClientInSight({ clientIds }: TenantSight, clientId: ClientId | null): void {
  if (!clientIds) return;
  if (clientId === null) throw refused('AGENCY_ROLE_REQUIRED', { detail: 'A member who is restricted to some clients leaves no project without a client.' });
  if (!clientIds.includes(clientId)) throw refused('NOT_FOUND');
}
