import { chooseNotifications } from '../../db/choose-notifications.ts';
import { readNotifications } from '../../db/read/notifications.ts';
import { inTenant, reading } from '../../db/tenant.ts';
import { notificationsRequest, notificationsSchema } from '../../domain/notification.ts';
import { holdPeople } from '../auth/hold-people.ts';
import { permitMember } from '../auth/permit.ts';
import { bodyProblems, createRoute, jsonBody, jsonResponse, operation } from '../operation.ts';
import { inAccount } from '../path-parameters.ts';
import { refused } from '../refused.ts';

const route = createRoute({
  method: 'put',
  path: '/v1/accounts/{accountId}/notifications',
  operationId: 'setNotifications',
  tags: ['People'],
  summary: 'Choose which mails of an account you get',
  description: 'The choice is yours alone and stays when your role changes. A kind of mail that is left out stays as it is; one that there is not is refused.',
  middleware: permitMember(),
  request: { params: inAccount, body: jsonBody(notificationsRequest) },
  responses: { 200: jsonResponse('For each kind of mail, whether you get it.', notificationsSchema), ...bodyProblems() },
});

/** `PUT /v1/accounts/{accountId}/notifications` */
export const setNotifications = operation({
  route,
  handler: async (c) => {
    const { member, deps } = c.var;
    const { accountId } = c.req.valid('param');
    const chosen = c.req.valid('json');
    const notifications = await inTenant(deps.db, accountId, async (tx) => {
      await holdPeople(tx, member, accountId);
      await chooseNotifications(tx, { accountId, personId: member.personId, chosen });
      return readNotifications(reading(tx), accountId, member.personId);
    });
    if (!notifications) throw refused('NOT_FOUND');
    return c.json(notifications, 200);
  },
});
