import { z } from '@hono/zod-openapi';
import type { ListedApiKey } from '../../db/read/list-api-keys.ts';
import { keyState, keyStates } from '../../domain/api-key.ts';
import { scopes } from '../../domain/permission.ts';

export const apiKeySchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    prefix: z.string().openapi({ description: 'The first characters of the key, to recognise it by.' }),
    scopes: z.array(z.enum(scopes)),
    state: z.enum(keyStates),
    createdAt: z.iso.datetime(),
    lastUsedAt: z.iso.datetime().nullable().openapi({ description: 'To the minute.' }),
    expiresAt: z.iso.datetime().nullable(),
    replacedBy: z.uuid().nullable().openapi({ description: 'The key that a rotation made in place of this one.' }),
  })
  .openapi('ApiKey');

export const newApiKeySchema = apiKeySchema.extend({ key: z.string().openapi({ description: 'Shown this once.' }) }).openapi('NewApiKeyOfAccount');

export function presentApiKey({ revokedAt, ...key }: ListedApiKey): z.infer<typeof apiKeySchema> {
  return {
    ...key,
    state: keyState({ ...key, revokedAt }, new Date()),
    createdAt: key.createdAt.toISOString(),
    lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
    expiresAt: key.expiresAt?.toISOString() ?? null,
  };
}
