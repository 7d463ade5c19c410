import { createQueryId, type Kysely, type KyselyPlugin, PostgresQueryCompiler } from 'kysely';
import type { Database } from '../../db/schema.ts';

/** A handle whose every statement is written down, in the order in which it was sent. */
export interface RecordedDatabase {
  db: Kysely<Database>;
  /** What `work` sent. */
  during(work: () => Promise<unknown>): Promise<string[]>;
}

export function recordStatements(database: Kysely<Database>): RecordedDatabase {
  const sent: string[] = [];
  const recorder: KyselyPlugin = {
    transformQuery({ node }) {
      sent.push(new PostgresQueryCompiler().compileQuery(node, createQueryId()).sql);
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  return {
    db: database.withPlugin(recorder),
    async during(work) {
      sent.length = 0;
      await work();
      return sent.splice(0);
    },
  };
}
