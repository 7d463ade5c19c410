import pg from 'pg';

export const roles = ['foyer_api', 'foyer_worker', 'foyer_owner'] as const;
export type Role = (typeof roles)[number];

export interface Attempt {
  /** SQLSTATE, where Postgres said no. */
  refused: string | null;
  rows: Record<string, unknown>[];
  /** How many rows were seen or changed. */
  count: number;
}

/** What a transaction says of itself: its tenant, and what it presents before the tenant is known. Empty is what `current_setting` leaves behind. */
export interface Claims {
  agency?: string;
  presentedKey?: string;
  presentedConnection?: string;
}

/**
 * A superuser's transaction that ends in a rollback. Walls can be taken away in it, even from a role, and nobody else ever sees it.
 */
export class WallSession implements AsyncDisposable {
  readonly #client: pg.Client;

  private constructor(client: pg.Client) {
    this.#client = client;
  }

  static async open(adminUrl: string): Promise<WallSession> {
    const client = new pg.Client({ connectionString: adminUrl });
    await client.connect();
    // Expressions in the catalog are then shown with their schema.
    await client.query('begin; set local search_path = pg_catalog');
    return new WallSession(client);
  }

  async query(statement: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
    return (await this.#client.query(statement, values)).rows;
  }

  /** Runs the statement as the role would and takes it back, whatever it did. */
  async attempt(role: Role, claims: Claims, statement: string, values: unknown[] = []): Promise<Attempt> {
    const { agency = '', presentedKey = '', presentedConnection = '' } = claims;
    return this.undone(async () => {
      await this.#client.query(
        `select set_config('foyer.agency_id', $1, true), set_config('foyer.presented_key', $2, true), set_config('foyer.presented_connection', $3, true)`,
        [agency, presentedKey, presentedConnection],
      );
      await this.#client.query(`set local role ${role}`);
      try {
        const { rows, rowCount } = await this.#client.query(statement, values);
        return { refused: null, rows, count: rowCount ?? 0 };
      } catch (error) {
        if (!(error instanceof pg.DatabaseError) || !error.code) throw error;
        return { refused: error.code, rows: [], count: 0 };
      }
    });
  }

  /** Does something and takes all of it back. */
  async undone<T>(work: () => Promise<T>): Promise<T> {
    // Savepoints of the same name nest: the innermost is the one that is rolled back to and released.
    await this.#client.query('savepoint undone');
    try {
      return await work();
    } finally {
      await this.#client.query('rollback to savepoint undone; release savepoint undone');
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#client.query('rollback');
    await this.#client.end();
  }
}
