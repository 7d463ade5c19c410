import { Client } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { pino } from 'pino';
import { connect } from '../db/connect.ts';
import { assertSafeRole } from '../db/safe-role.ts';
import { createSecretBox } from '../db/secret-box.ts';
import { directoryTransport, smtpTransport } from '../mail/transport.ts';
import { createPdfPress } from '../report/pdf-press.ts';
import { readWorkerConfig } from './config.ts';
import { createWorker } from './create-worker.ts';
import { startMailDelivery } from './start-mail-delivery.ts';

const config = readWorkerConfig(process.env);
// The SDK's name for what pino calls `err`; without it an error is written as `{}`.
const log = pino({ name: 'worker', level: config.logLevel, serializers: { error: pino.stdSerializers.err } });
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
const { checkUrl, publicUrl } = config;
const mail = 'directory' in config.mail ? directoryTransport(config.mail.directory) : smtpTransport(config.mail);
const pdfs = createPdfPress();
const deps = { db, secrets: createSecretBox(config.secretKey), checkUrl, publicUrl, mail, pdfs };
const { connectionOptions, namespace = 'default' } = loadClientConnectConfig();
try {
  await assertSafeRole(db);
  const connection = await NativeConnection.connect(connectionOptions);
  try {
    const worker = await createWorker({ connection, namespace, deps, config });
    await startMailDelivery(new Client({ connection, namespace }), config.taskQueue);
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
  await pdfs.stop();
  await db.destroy();
}
