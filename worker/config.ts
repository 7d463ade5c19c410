import { z } from 'zod';
import { secretKey } from '../db/secret-box.ts';
import type { SmtpSettings } from '../mail/transport.ts';
import { defaultTaskQueue } from '../workflows/contract.ts';

const environment = z
  .object({
    DATABASE_URL: z.url(),
    DATABASE_POOL_SIZE: z.coerce.number().int().min(1).default(20),
    FOYER_SECRET_KEY: secretKey,
    FOYER_PUBLIC_URL: z.url().default('http://127.0.0.1:3000'),
    FOYER_CHECK_URL: z.url().optional(),
    SMTP_URL: z.url().optional(),
    MAIL_FROM: z.string().min(1).optional(),
    FOYER_DEV_MAIL_DIR: z.string().min(1).optional(),
    FOYER_TASK_QUEUE: z.string().default(defaultTaskQueue),
    FOYER_WORKFLOW_BUNDLE: z.string().optional(),
    FOYER_DEPLOYMENT_NAME: z.string().optional(),
    FOYER_BUILD_ID: z.string().optional(),
    LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  })
  .refine((env) => (env.FOYER_DEPLOYMENT_NAME === undefined) === (env.FOYER_BUILD_ID === undefined), {
    message: 'FOYER_DEPLOYMENT_NAME and FOYER_BUILD_ID go together',
  })
  .refine(({ SMTP_URL, MAIL_FROM, FOYER_DEV_MAIL_DIR }) => (SMTP_URL !== undefined && MAIL_FROM !== undefined) !== (FOYER_DEV_MAIL_DIR !== undefined), {
    message: 'mail goes by SMTP_URL and MAIL_FROM, or into FOYER_DEV_MAIL_DIR on the machine itself',
  });

export interface WorkerConfig {
  databaseUrl: string;
  databasePoolSize: number;
  /** Encrypts what is kept of links at rest: 32 bytes, the API's own. */
  secretKey: Buffer;
  /** Where the worker reaches the pages that the API shows the outside. */
  checkUrl: string;
  /** Where the outside finds Foyer. */
  publicUrl: string;
  /** Where mail goes: to a server, or into a directory. */
  mail: SmtpSettings | { directory: string };
  taskQueue: string;
  /** A file made by `npm run bundle`; without it the workflows are bundled at the start. */
  workflowBundle: string | undefined;
  /** Given, the worker is versioned and gets no task until its version is made current. */
  version: { deploymentName: string; buildId: string } | undefined;
  logLevel: string;
}

/** Reads the environment once, at the door. Throws one message that names every variable that is missing or wrong. */
export function readWorkerConfig(env: NodeJS.ProcessEnv): WorkerConfig {
  const parsed = environment.safeParse(env);
  if (!parsed.success) throw new Error(`the environment is not complete:\n${z.prettifyError(parsed.error)}`);
  const { data } = parsed;
  const { FOYER_DEPLOYMENT_NAME: deploymentName, FOYER_BUILD_ID: buildId } = data;
  return {
    databaseUrl: data.DATABASE_URL,
    databasePoolSize: data.DATABASE_POOL_SIZE,
    secretKey: data.FOYER_SECRET_KEY,
    checkUrl: (data.FOYER_CHECK_URL ?? data.FOYER_PUBLIC_URL).replace(/\/$/, ''),
    publicUrl: data.FOYER_PUBLIC_URL.replace(/\/$/, ''),
    mail: mailOf(data),
    taskQueue: data.FOYER_TASK_QUEUE,
    workflowBundle: data.FOYER_WORKFLOW_BUNDLE,
    version: deploymentName !== undefined && buildId !== undefined ? { deploymentName, buildId } : undefined,
    logLevel: data.LOG_LEVEL,
  };
}

function mailOf({ SMTP_URL: url, MAIL_FROM: from, FOYER_DEV_MAIL_DIR: directory }: z.infer<typeof environment>): WorkerConfig['mail'] {
  if (url !== undefined && from !== undefined) return { url, from };
  if (directory !== undefined) return { directory };
  throw new Error('the environment is not complete: mail goes nowhere');
}
