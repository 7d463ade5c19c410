import type { PlanRequest } from '../domain/account.ts';
import type { Actor } from '../domain/actor.ts';
import type { AccountId } from '../domain/ids.ts';
import { planDefaults } from '../domain/plan.ts';
import { planColumns } from './plan-columns.ts';
import { recordEvent } from './record-event.ts';
import type { TenantTransaction } from './tenant.ts';

export interface NewAccount {
  accountId: AccountId;
  kind: 'agency' | 'direct';
  name: string;
  billingEmail: string;
  /** Null for a direct account. */
  plan: PlanRequest | null;
  actor: Actor;
}

const dayMs = 86_400_000;

/** Opens an account, an agency with its plan, whose first period begins now. */
export async function openAccount(tx: TenantTransaction, { accountId, kind, name, billingEmail, plan, actor }: NewAccount): Promise<void> {
  await tx.insertInto('accounts').values({ id: accountId, kind, name, billing_email: billingEmail }).execute();
  if (plan) {
    const period = { period_start: new Date(), period_end: new Date(Date.now() + planDefaults.periodDays * dayMs) };
    await tx
      .insertInto('plans')
      .values({ agency_id: accountId, ...planColumns(plan), ...period })
      .execute();
  }
  await recordEvent(tx, { agencyId: accountId, actor, kind: 'account.created', after: { kind, name, plan } });
}
