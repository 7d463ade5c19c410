import { loadClientConnectConfig } from '@temporalio/envconfig';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { pino } from 'pino';
import { connect } from '../db/connect.ts';
import { assertSafeRole } from '../db/safe-role.ts';
import { createSecretBox } from '../db/secret-box.ts';
import { readWorkerConfig } from './config.ts';
import { createWorker } from './create-worker.ts';

const config = readWorkerConfig(process.env);
const log = pino({ name: 'worker', level: config.logLevel });
Runtime.install({
  logger: new DefaultLogger('INFO', ({ level, message, meta }) => {
    const method = level === 'ERROR' ? 'error' : level === 'WARN' ? 'warn' : 'info';
    log[method]({ ...meta }, message);
  }),
});

const db = connect(config.databaseUrl, {
  applicationName: 'foyer-worker',
  maxConnections: config.databasePoolSize,
  statementTimeoutMs: 10_000,
  onIdleError: (error) => log.warn({ err: error }, 'lost an idle database connection'),
});
const deps = { db, secrets: createSecretBox(config.secretKey), checkUrl: config.checkUrl };
const { connectionOptions, namespace = 'default' } = loadClientConnectConfig();
try {
  await assertSafeRole(db);
  const connection = await NativeConnection.connect(connectionOptions);
  try {
    const worker = await createWorker({ connection, namespace, deps, config });
    log.info({ taskQueue: config.taskQueue, namespace }, 'worker polls');
    // Ends on SIGTERM and SIGINT, once what it began is through.
    await worker.run();
  } finally {
    await connection.close();
  }
} catch (error) {
  log.fatal({ err: error }, 'worker ends');
  process.exitCode = 1;
} finally {
  await db.destroy();
}
