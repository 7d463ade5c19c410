import { z } from '@hono/zod-openapi';
import type { HistoryFilter } from '../db/read/history.ts';
import { eventKinds } from '../domain/event.ts';
import type { ClientId, ProjectId } from '../domain/ids.ts';
import { timestamp } from '../domain/text.ts';

const time = timestamp.optional().openapi({ type: 'string', format: 'date-time' });

/** The query parameters by which a history is narrowed, beside the client. */
export const historyQuery = {
  kind: z.enum(eventKinds).optional(),
  actorId: z.uuid().optional().openapi({ description: 'A person, a key or a CRM connection.' }),
  projectId: z.uuid().optional(),
  from: time.openapi({ description: 'Not before this time.' }),
  to: time.openapi({ description: 'Before this time.' }),
};

/** The same for the history of an account, which may be narrowed to a client. */
export const accountHistoryQuery = { ...historyQuery, clientId: z.uuid().optional() };

type Asked = z.infer<z.ZodObject<typeof accountHistoryQuery>>;

export function historyFilter({ kind, actorId, clientId, projectId, from, to }: Asked): HistoryFilter {
  return { kind, actorId: actorId?.toLowerCase(), clientId: clientId as ClientId | undefined, projectId: projectId as ProjectId | undefined, from, to };
}
