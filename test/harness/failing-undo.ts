import { sql } from 'kysely';
import type { ClientId } from '../../domain/ids.ts';
import type { TestDatabase } from './database.ts';

/** What stands in the way of an undo, until it is cleared. */
export interface Obstacle {
  clear(): Promise<void>;
}

/** From now on the database lets nobody archive or erase the client, or only not the first few times. */
export async function obstructUndo({ admin }: TestDatabase, clientId: ClientId, { times }: { times?: number } = {}): Promise<Obstacle> {
  const name = sql.raw(`obstacle_${clientId.replaceAll('-', '_')}`);
  const id = sql.lit(clientId);
  // A sequence counts on when its transaction is rolled back.
  await sql`create sequence foyer.${name}`.execute(admin);
  await sql`grant usage on sequence foyer.${name} to public`.execute(admin);
  await sql`
    create function foyer.${name}() returns trigger language plpgsql as $$
    begin
      if ${times === undefined ? sql`true` : sql`nextval('foyer.${name}') <= ${sql.lit(times)}`} then raise exception 'a legal hold is on the client'; end if;
      return coalesce(new, old);
    end $$
  `.execute(admin);
  await sql`create trigger ${name} before update or delete on foyer.clients for each row when (old.id = ${id}) execute function foyer.${name}()`.execute(admin);
  return {
    async clear() {
      // To drop the trigger would wait for whoever reads clients, and make everyone else wait behind it.
      await sql`create or replace function foyer.${name}() returns trigger language plpgsql as $$ begin return coalesce(new, old); end $$`.execute(admin);
    },
  };
}
