import { readNotifications as readNotificationsOf } from '../../db/read/notifications.ts';
import { readInTenant } from '../../db/tenant.ts';
import { notificationsSchema } from '../../domain/notification.ts';
import { permitMember } from '../auth/permit.ts';
import { createRoute, jsonResponse, operation, problems } from '../operation.ts';
import { inAccount } from '../path-parameters.ts';
import { refused } from '../refused.ts';

const route = createRoute({
  method: 'get',
  path: '/v1/accounts/{accountId}/notifications',
  operationId: 'readNotifications',
  tags: ['People'],
  summary: 'Read which mails of an account you get',
  description: 'Until you choose, owners and admins get all of them and viewers none. A member who is restricted to some clients is told of these alone.',
  middleware: permitMember(),
  request: { params: inAccount },
  responses: { 200: jsonResponse('For each kind of mail, whether you get it.', notificationsSchema), ...problems() },
});

/** `GET /v1/accounts/{accountId}/notifications` */
export const readNotifications = operation({
  route,
  handler: async (c) => {
    const { member, sight, deps } = c.var;
    const notifications = await readInTenant(deps.db, sight, (reader) => readNotificationsOf(reader, sight.agencyId, member.personId));
    if (!notifications) throw refused('NOT_FOUND');
    return c.json(notifications, 200);
  },
});
