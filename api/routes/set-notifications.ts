import { chooseNotifications } from '../../db/choose-notifications.ts';
import { inTenant } from '../../db/tenant.ts';
import { notificationsRequest } from '../../domain/notification.ts';
import { holdPeople } from '../auth/hold-people.ts';
import { permitMember } from '../auth/permit.ts';
import { bodyProblems, createRoute, jsonBody, jsonResponse, operation } from '../operation.ts';
import { inAccount } from '../path-parameters.ts';

const route = createRoute({
  method: 'put',
  path: '/v1/accounts/{accountId}/notifications',
  operationId: 'setNotifications',
  tags: ['People'],
  summary: 'Choose which mails of an account you get',
  description: 'The choice is yours alone, names every kind of mail, and stays when your role changes.',
  middleware: permitMember(),
  request: { params: inAccount, body: jsonBody(notificationsRequest) },
  responses: { 200: jsonResponse('For each kind of mail, whether you get it.', notificationsRequest), ...bodyProblems() },
});

/** `PUT /v1/accounts/{accountId}/notifications` */
export const setNotifications = operation({
  route,
  handler: async (c) => {
    const { member, deps } = c.var;
    const { accountId } = c.req.valid('param');
    const notifications = c.req.valid('json');
    await inTenant(deps.db, accountId, async (tx) => {
      await holdPeople(tx, member, accountId);
      await chooseNotifications(tx, { accountId, personId: member.personId, notifications });
    });
    return c.json(notifications, 200);
  },
});
