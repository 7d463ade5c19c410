import { availableParallelism, cpus, platform, release, totalmem } from 'node:os';
import { z } from 'zod';
import type { Stage } from './stage.ts';

const versionRow = z.object({ version: z.string() });

/** What it was measured on, in one line. */
export async function machine({ admin, client }: Stage): Promise<string> {
  const postgres = versionRow.parse((await admin.query('select current_setting($1) as version', ['server_version'])).rows[0]).version;
  const { serverVersion } = await client.workflowService.getSystemInfo({});
  const gigabytes = Math.round(totalmem() / 1024 ** 3);
  return [
    `${availableParallelism()} cores (${cpus()[0]?.model.trim() || 'unknown processor'})`,
    `${gigabytes} GB`,
    `${platform()} ${release()}`,
    `Node ${process.versions.node}`,
    `Postgres ${postgres.split(' ')[0]}`,
    `Temporal ${serverVersion}, in memory`,
  ].join(', ');
}
