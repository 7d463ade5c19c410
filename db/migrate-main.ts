import { z } from 'zod';
import { migrate } from './migrate.ts';
import { prepareDatabase } from './prepare.ts';

/**
 * `npm run migrate`: brings the database to the newest migration. With `DATABASE_URL` alone, as its role `foyer_owner`; with
 * `DATABASE_ADMIN_URL` and the three passwords it makes roles and database first.
 */
const environment = z.union([
  z.object({
    DATABASE_ADMIN_URL: z.url(),
    DATABASE_NAME: z.string().default('foyer'),
    FOYER_OWNER_PASSWORD: z.string().min(8),
    FOYER_WORKER_PASSWORD: z.string().min(8),
    FOYER_API_PASSWORD: z.string().min(8),
  }),
  z.object({ DATABASE_URL: z.url() }),
]);

const env = environment.parse(process.env);
if ('DATABASE_ADMIN_URL' in env) {
  const passwords = { owner: env.FOYER_OWNER_PASSWORD, worker: env.FOYER_WORKER_PASSWORD, api: env.FOYER_API_PASSWORD };
  await prepareDatabase({ adminUrl: env.DATABASE_ADMIN_URL, database: env.DATABASE_NAME, passwords });
} else {
  await migrate(env.DATABASE_URL);
}
