import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { readJsonFile, writeJsonFile } from './json-file.ts';

const secretsSchema = z.object({
  operatorKey: z.string(),
  secretKey: z.string(),
  passwords: z.object({ owner: z.string(), worker: z.string(), api: z.string() }),
});

/** `operatorKey` is the platform operator's API key, `secretKey` 32 bytes in base64, `passwords` those of the database roles. */
export type Secrets = z.infer<typeof secretsSchema>;

/**
 * The secrets of this home, made on the first start. `FOYER_OPERATOR_KEY` and `FOYER_SECRET_KEY` in the environment win, and are not kept.
 *
 * A damaged file is an error rather than a reason for new secrets: what was encrypted with the old key could never be read again.
 */
export async function loadSecrets(home: string, env: NodeJS.ProcessEnv): Promise<Secrets> {
  const file = join(home, 'secrets.json');
  const kept = await readJsonFile(file, secretsSchema);
  const secrets = kept ?? makeSecrets();
  if (kept === undefined) await writeJsonFile(file, secrets);
  return {
    ...secrets,
    operatorKey: env['FOYER_OPERATOR_KEY'] || secrets.operatorKey,
    secretKey: env['FOYER_SECRET_KEY'] || secrets.secretKey,
  };
}

function makeSecrets(): Secrets {
  const password = () => randomBytes(24).toString('base64url');
  return {
    operatorKey: `fyo_${randomBytes(32).toString('base64url')}`,
    secretKey: randomBytes(32).toString('base64'),
    passwords: { owner: password(), worker: password(), api: password() },
  };
}
