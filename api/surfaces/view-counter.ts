import { type Kysely, sql } from 'kysely';
import type { Logger } from 'pino';
import type { Database } from '../../db/schema.ts';
import type { AgencyId, ClientId, ProjectId } from '../../domain/ids.ts';

/** What was looked at: a project's report, by the client it is shared with. */
export interface ViewedSharing {
  agencyId: AgencyId;
  projectId: ProjectId;
  clientId: ClientId;
}

/** Counts views without making anybody wait: what comes together is written together. */
export interface ViewCounter {
  count(viewed: ViewedSharing): void;
  /** Writes what is not written yet, and counts no more. */
  stop(): Promise<void>;
}

interface Uncounted extends ViewedSharing {
  views: number;
  latest: Date;
}

/** @param writeAfterMs how long views are gathered. */
export function createViewCounter({ db, log, writeAfterMs = 250 }: { db: Kysely<Database>; log: Logger; writeAfterMs?: number }): ViewCounter {
  let uncounted = new Map<string, Uncounted>();
  let timer: NodeJS.Timeout | undefined;
  let writing = Promise.resolve();

  function write(): void {
    timer = undefined;
    const batch = [...uncounted.values()];
    uncounted = new Map();
    writing = writing.then(() => writeAll(batch));
  }

  async function writeAll(batch: Uncounted[]): Promise<void> {
    for (const { agencyId, projectId, clientId, views, latest } of batch) {
      try {
        await sql`select foyer.count_views(${agencyId}, ${projectId}, ${clientId}, ${views}, ${latest})`.execute(db);
      } catch (error) {
        log.warn({ err: error, agencyId, projectId, views }, 'views were lost');
      }
    }
  }

  return {
    count(viewed) {
      const key = `${viewed.projectId}/${viewed.clientId}`;
      uncounted.set(key, { ...viewed, views: (uncounted.get(key)?.views ?? 0) + 1, latest: new Date() });
      timer ??= setTimeout(write, writeAfterMs);
    },
    async stop() {
      clearTimeout(timer);
      write();
      await writing;
    },
  };
}
