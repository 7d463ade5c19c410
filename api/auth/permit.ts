import { createMiddleware } from 'hono/factory';
import { keyMay, type Permission } from '../../domain/permission.ts';
import type { AppEnv } from '../environment.ts';
import { refused } from '../refused.ts';
import { actorOf } from './caller.ts';

/**
 * Guards the routes under `/v1/agencies/{agencyId}`. Before anything of the request is looked at: another tenant's agency answers as one
 * that does not exist (`NOT_FOUND`), a direct account `AGENCY_ACCOUNT_REQUIRED`, whoever has not the permission `AGENCY_ROLE_REQUIRED`.
 */
export function permit(permission: Permission) {
  return createMiddleware<AppEnv>(async (c, next) => {
    const { caller } = c.var;
    if (caller.kind !== 'apiKey') throw refused('AGENCY_ROLE_REQUIRED');
    if (c.req.param('agencyId')?.toLowerCase() !== caller.accountId) throw refused('NOT_FOUND');
    if (caller.accountKind !== 'agency') throw refused('AGENCY_ACCOUNT_REQUIRED');
    if (!keyMay(caller.scopes, permission)) throw refused('AGENCY_ROLE_REQUIRED');
    c.set('agencyId', caller.accountId);
    c.set('actor', actorOf(caller));
    c.set('sight', { agencyId: caller.accountId });
    c.var.canonical.agencyId = caller.accountId;
    await next();
  });
}

/** Guards the routes of the platform operator; to everyone else they do not exist. */
export const permitOperator = createMiddleware<AppEnv>(async (c, next) => {
  if (c.var.caller.kind !== 'operator') throw refused('NOT_FOUND');
  await next();
});
