import { type Kysely, sql } from 'kysely';
import { tenantWall } from '../walls.ts';

/** Whatever a page of the list of clients is made of. */
const listed = ['clients', 'onboardings', 'projects', 'offboardings'];

/**
 * Whoever remembers a page of an agency's clients can ask whether anything of what it shows has changed since: then the agency's stamp is another one.
 * Stamps are random, so none comes twice, not even in a database that was put back to what it was.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table foyer.client_list_stamps (
      agency_id uuid primary key references foyer.accounts (id),
      stamp uuid not null default gen_random_uuid()
    ) with (fillfactor = 50);
    -- The owner is behind the wall as well, and no agency is set.
    alter table foyer.accounts no force row level security;
    insert into foyer.client_list_stamps (agency_id) select id from foyer.accounts where kind = 'agency';
    alter table foyer.accounts force row level security;

    -- As the transaction commits, once for each agency that it changes, and behind the lock that seals take: in one order they cannot wait for each
    -- other. With the rights of its owner, whose rows those of the changed row's agency are whoever changes it.
    create function foyer.stamp_client_list() returns trigger
    language plpgsql security definer set search_path = pg_catalog as $$
    declare
      changed uuid := coalesce(new.agency_id, old.agency_id);
    begin
      if current_setting('foyer.stamped_agency', true) is not distinct from changed::text then return null; end if;
      perform pg_advisory_xact_lock(8, hashtext(changed::text)),
        set_config('foyer.agency_id', changed::text, true),
        set_config('foyer.stamped_agency', changed::text, true);
      insert into foyer.client_list_stamps (agency_id) values (changed) on conflict (agency_id) do update set stamp = excluded.stamp;
      return null;
    end $$;

    create function foyer.client_list_stamp(of_agency uuid) returns uuid
    language plpgsql stable as $$
    begin
      perform set_config('foyer.agency_id', of_agency::text, true);
      return (select list.stamp from foyer.client_list_stamps as list where list.agency_id = of_agency);
    end $$;
    revoke execute on function foyer.stamp_client_list, foyer.client_list_stamp from public;
    grant execute on function foyer.client_list_stamp to foyer_api;
    grant select on foyer.client_list_stamps to foyer_api;
  `.execute(db);
  await tenantWall('client_list_stamps').execute(db);
  for (const table of listed) {
    await sql
      .raw(`create constraint trigger ${table}_stamp_client_list after insert or update or delete on foyer.${table}
        deferrable initially deferred for each row execute function foyer.stamp_client_list()`)
      .execute(db);
  }
}
