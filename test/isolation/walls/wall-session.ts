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
  presentedPerson?: string;
  presentedInvitation?: string;
  /** Hex of a link's hash. */
  presentedToken?: string;
  /** The clients that a restricted member sees. */
  visibleClients?: string[];
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
    const {
      agency = '',
      presentedKey = '',
      presentedConnection = '',
      presentedPerson = '',
      presentedInvitation = '',
      presentedToken = '',
      visibleClients,
    } = claims;
    const settings = {
      'foyer.agency_id': agency,
      'foyer.presented_key': presentedKey,
      'foyer.presented_connection': presentedConnection,
      'foyer.presented_person': presentedPerson,
      'foyer.presented_invitation': presentedInvitation,
      'foyer.presented_token': presentedToken,
      'foyer.visible_clients': visibleClients ? `{${visibleClients}}` : '',
    };
    return this.undone(async () => {
      await this.#client.query(`select set_config(name, value, true) from unnest($1::text[], $2::text[]) as setting (name, value)`, [
        Object.keys(settings),
        Object.values(settings),
      ]);
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
