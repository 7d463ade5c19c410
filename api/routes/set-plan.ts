import { sql } from 'kysely';
import { planColumns } from '../../db/plan-columns.ts';
import { waitingOnboardings } from '../../db/read/waiting-onboardings.ts';
import { recordEvent } from '../../db/record-event.ts';
import { inTenant, reading } from '../../db/tenant.ts';
import { planRequest } from '../../domain/account.ts';
import { periodAt } from '../../domain/plan.ts';
import { actingCaller } from '../auth/acting.ts';
import { permitOperator } from '../auth/permit.ts';
import { bodyProblems, createRoute, jsonBody, jsonResponse, operation } from '../operation.ts';
import { ofAccount } from '../path-parameters.ts';
import { refused } from '../refused.ts';
import { planSchema } from '../representations/account.ts';

const route = createRoute({
  method: 'put',
  path: '/v1/operator/accounts/{accountId}/plan',
  operationId: 'setPlan',
  tags: ['Operator'],
  summary: 'Set the plan of an agency',
  description:
    'Onboardings that wait for a client slot or for an eligible plan look again. A plan below its clients keeps them all and takes no new ones. It renews itself until its cancellation is scheduled: then it ends with the period that it is in.',
  middleware: permitOperator,
  request: { params: ofAccount, body: jsonBody(planRequest) },
  responses: { 200: jsonResponse('The plan.', planSchema), ...bodyProblems('AGENCY_ACCOUNT_REQUIRED') },
});

/** `PUT /v1/operator/accounts/{accountId}/plan` */
export const setPlan = operation({
  route,
  handler: async (c) => {
    const { deps } = c.var;
    const { accountId } = c.req.valid('param');
    const plan = c.req.valid('json');
    const { used, waiting } = await inTenant(deps.db, accountId, async (tx) => {
      const account = await tx.selectFrom('accounts').select('kind').where('id', '=', accountId).executeTakeFirst();
      if (!account) throw refused('NOT_FOUND');
      if (account.kind !== 'agency') throw refused('AGENCY_ACCOUNT_REQUIRED');
      const before = await tx
        .selectFrom('plans')
        .select(['state', 'period_start as start', 'period_end as end'])
        .where('agency_id', '=', accountId)
        .forNoKeyUpdate()
        .executeTakeFirstOrThrow();
      // A plan whose cancellation is scheduled ends with the period that it is in by now, and no later for being set again.
      const { start, end } = periodAt(before, new Date());
      const { client_slots_used } = await tx
        .updateTable('plans')
        .set({
          ...planColumns(plan),
          period_start: start,
          period_end: end,
          updated_at: sql<Date>`now()`,
        })
        .where('agency_id', '=', accountId)
        .returning('client_slots_used')
        .executeTakeFirstOrThrow();
      await recordEvent(tx, { agencyId: accountId, actor: actingCaller(c), kind: 'plan.changed', after: plan });
      return {
        used: client_slots_used,
        waiting: await waitingOnboardings(reading(tx), accountId, { states: ['waiting_for_allowance', 'waiting_for_status'] }),
      };
    });
    deps.temporal.recheck(waiting, 'the plan changed');
    return c.json({ ...plan, clientsUsed: used, overLimit: used > plan.clientLimit + plan.overageClients }, 200);
  },
});
