import pg from 'pg';

export const roles = ['foyer_api', 'foyer_worker', 'foyer_owner'] as const;
export type Role = (typeof roles)[number];

/** What a transaction says of itself: its tenant, and what it presents before the tenant is known. */
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

/** A statement as somebody would run it. */
export interface Attempt {
  /** Left out for the superuser, whom no wall stops. */
  role?: Role;
  claims?: Claims;
  statement: string;
}

export interface Outcome {
  /** SQLSTATE, where Postgres said no. */
  refused: string | null;
  /** How many rows were seen or changed. */
  count: number;
}

/** A value as it stands in a statement. */
export const literal = pg.escapeLiteral;

const settings: Record<keyof Claims, string> = {
  agency: 'foyer.agency_id',
  presentedKey: 'foyer.presented_key',
  presentedConnection: 'foyer.presented_connection',
  presentedPerson: 'foyer.presented_person',
  presentedInvitation: 'foyer.presented_invitation',
  presentedToken: 'foyer.presented_token',
  visibleClients: 'foyer.visible_clients',
};

/** Makes attempts one after the other, each taken back whatever it did: thousands of them would spend their time on the way to the server and back. */
const attempting = `
  create function pg_temp.attempt(attempts jsonb) returns table (refused text, count bigint) language plpgsql as $$
  declare
    attempt jsonb;
  begin
    for attempt in select value from jsonb_array_elements(attempts) loop
      refused := null;
      count := 0;
      begin
        perform set_config(setting.key, setting.value, true) from jsonb_each_text(attempt -> 'settings') setting;
        if attempt ? 'role' then
          execute format('set local role %I', attempt ->> 'role');
        end if;
        execute attempt ->> 'statement';
        get diagnostics count = row_count;
        raise sqlstate 'UNDO0';
      exception
        when sqlstate 'UNDO0' then null;
        when others then refused := sqlstate;
      end;
      return next;
    end loop;
  end $$`;

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
    await client.query(attempting);
    return new WallSession(client);
  }

  async query(statement: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
    return (await this.#client.query(statement, values)).rows;
  }

  /** Runs the statements as their roles would, each as if the others had not been, and tells what came of each. */
  async attempt<A extends Attempt>(attempts: A[]): Promise<(A & Outcome)[]> {
    const told = attempts.map(({ role, claims = {}, statement }) => ({ ...(role && { role }), settings: settingsOf(claims), statement }));
    const outcomes = await this.query('select refused, count from pg_temp.attempt($1)', [JSON.stringify(told)]);
    return attempts.map((attempt, index) => {
      const outcome = outcomes[index];
      if (!outcome) throw new Error(`nothing came of ${attempt.statement}`);
      return { ...attempt, refused: outcome['refused'] === null ? null : String(outcome['refused']), count: Number(outcome['count']) };
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

/** Empty, as they are left behind on a connection that was used before, where nothing is claimed. */
function settingsOf({ visibleClients, ...presented }: Claims): Record<string, string> {
  const claimed: Record<string, string> = { ...presented, ...(visibleClients && { visibleClients: `{${visibleClients}}` }) };
  return Object.fromEntries(Object.entries(settings).map(([claim, setting]) => [setting, claimed[claim] ?? '']));
}
