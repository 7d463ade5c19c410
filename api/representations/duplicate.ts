import { z } from '@hono/zod-openapi';
import { clientStates } from '../../domain/client.ts';
import { lookalikeReasons } from '../../domain/duplicate.ts';

const namedClient = z.object({ id: z.uuid(), name: z.string(), state: z.enum(clientStates) });

export const lookalikeSchema = namedClient.extend({ reasons: z.array(z.enum(lookalikeReasons)) }).openapi('ClientLookalike');

export const duplicateSchema = z.object({ client: namedClient, duplicateOf: namedClient, reason: z.enum(lookalikeReasons) }).openapi('SuspectedDuplicate');
