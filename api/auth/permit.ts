import type { Next } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { TenantSight } from '../../db/tenant.ts';
import type { AccountId } from '../../domain/ids.ts';
import { keyMay, type May, memberMay, type Permission, type Role } from '../../domain/permission.ts';
import type { AppContext, AppEnv } from '../environment.ts';
import { isRead } from '../is-read.ts';
import { refused } from '../refused.ts';
import { admit, inTurn } from '../request-limits.ts';
import { actingCaller } from './acting.ts';
import type { Caller } from './caller.ts';

/** What a caller is in an account. */
export interface Standing {
  accountId: AccountId;
  accountKind: 'agency' | 'direct';
  /** Null for a key. */
  role: Role | null;
  may: May;
  sight: TenantSight;
  /** The same for callers who see and may the same in the account, and for nobody else. */
  audience: string;
}

/** What the caller is in the account; undefined where the caller does not belong to it. */
export function standingIn(caller: Caller, accountId: string): Standing | undefined {
  switch (caller.kind) {
    case 'apiKey': {
      if (caller.accountId !== accountId) return undefined;
      const { accountId: agencyId, accountKind, scopes } = caller;
      return {
        accountId: agencyId,
        accountKind,
        role: null,
        may: (permission) => keyMay(scopes, permission),
        sight: { agencyId },
        audience: `apiKey ${scopes}`,
      };
    }
    case 'person': {
      const member = caller.memberships.find((membership) => membership.accountId === accountId);
      if (!member) return undefined;
      const { accountKind, role, clientIds } = member;
      const sight = { agencyId: member.accountId, ...(clientIds && { clientIds }) };
      return {
        accountId: member.accountId,
        accountKind,
        role,
        may: (permission) => memberMay(member, permission),
        sight,
        audience: clientIds ? `${role} ${clientIds}` : role,
      };
    }
    case 'operator':
      return undefined;
  }
}

export interface TurnTaking {
  /** Who takes the turn of a read: its guard, or the handler itself, for no more than what it asks the database for. */
  takesTurn?: 'guard' | 'handler';
}

/**
 * Guards the routes under `/v1/agencies/{agencyId}`. Before anything of the request is looked at: another tenant's agency answers as one
 * that does not exist (`NOT_FOUND`), a direct account `AGENCY_ACCOUNT_REQUIRED`, whoever has not the permission `AGENCY_ROLE_REQUIRED`.
 */
export function permit(permission: Permission, { takesTurn = 'guard' }: TurnTaking = {}) {
  return createMiddleware<AppEnv>(async (c, next) => {
    const standing = enter(c, c.req.param('agencyId'));
    if (standing.accountKind !== 'agency') throw refused('AGENCY_ACCOUNT_REQUIRED');
    if (!standing.may(permission)) throw refused('AGENCY_ROLE_REQUIRED');
    await carryOn(c, standing, next, takesTurn);
    if (!isRead(c.req.method)) c.get('deps').pages.forget(standing.accountId);
  });
}

/**
 * Guards the routes under `/v1/accounts/{accountId}`, for agencies and direct accounts alike: another tenant's account answers as one that does not
 * exist (`NOT_FOUND`), whoever has not the permission `AGENCY_ROLE_REQUIRED`.
 */
export function permitAccount(permission: Permission) {
  return createMiddleware<AppEnv>(async (c, next) => {
    const standing = enter(c, c.req.param('accountId'));
    if (!standing.may(permission)) throw refused('AGENCY_ROLE_REQUIRED');
    await carryOn(c, standing, next);
  });
}

/** The same for what people do for themselves, whatever their role is unless a permission is named; a key is `AGENCY_ROLE_REQUIRED`. */
export function permitMember(permission?: Permission) {
  return createMiddleware<AppEnv>(async (c, next) => {
    const { may } = enter(c, c.req.param('accountId'));
    if (c.var.caller.kind !== 'person' || (permission && !may(permission))) throw refused('AGENCY_ROLE_REQUIRED');
    c.set('member', c.var.caller);
    await next();
  });
}

/** A write waits for its workflow far longer than it works, and for nobody else. */
async function carryOn(c: AppContext, { accountId }: Standing, next: Next, takesTurn: TurnTaking['takesTurn'] = 'guard'): Promise<void> {
  if (!isRead(c.req.method) || takesTurn === 'handler') await next();
  else await inTurn(c.get('deps'), accountId, next);
}

/** Notes what the caller is in the account that the path names, and who acts there. */
function enter(c: AppContext, accountId = ''): Standing {
  const caller = c.get('caller');
  if (caller.kind === 'operator') throw refused('AGENCY_ROLE_REQUIRED');
  const standing = standingIn(caller, accountId.toLowerCase());
  if (!standing) throw refused('NOT_FOUND');
  c.set('agencyId', standing.accountId);
  c.set('actor', actingCaller(c));
  c.set('role', standing.role);
  c.set('sight', standing.sight);
  c.set('may', standing.may);
  c.set('audience', standing.audience);
  c.get('canonical').agencyId = standing.accountId;
  admit(c, 'account', standing.accountId);
  return standing;
}

/** Guards what people do for themselves outside of any account; everyone else is `AGENCY_ROLE_REQUIRED`. */
export const permitPerson = createMiddleware<AppEnv>(async (c, next) => {
  const { caller } = c.var;
  if (caller.kind !== 'person') throw refused('AGENCY_ROLE_REQUIRED', { detail: 'This is for a person who is signed in.' });
  c.set('member', caller);
  await next();
});

/** Guards the routes of the platform operator; to everyone else they do not exist. */
export const permitOperator = createMiddleware<AppEnv>(async (c, next) => {
  if (c.var.caller.kind !== 'operator') throw refused('NOT_FOUND');
  await next();
});
