import { TestWorkflowEnvironment } from '@temporalio/testing';

// Run as `node dev/temporal-download.ts VERSION DIR`, a process of its own: the SDK downloads only on the way to a running server, prints to
// the terminal and hooks signals, none of which belongs into the process that asked.
const [version, downloadDir] = process.argv.slice(2);
if (version === undefined || downloadDir === undefined) throw new Error('usage: temporal-download.ts VERSION DIR');

const environment = await TestWorkflowEnvironment.createLocal({
  server: { executable: { type: 'cached-download', version, downloadDir }, log: { format: 'json', level: 'never' } },
});
await environment.teardown();
