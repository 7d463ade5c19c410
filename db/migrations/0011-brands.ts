import { type Kysely, sql } from 'kysely';
import { linkWall, sightWall, tenantWall } from '../walls.ts';

/** Whoever has the link of a report sees the brand that it is shown under. */
const shownByLink = {
  brands: 'agency_id in (select agency_id from foyer.opened_link())',
  client_brands: '(agency_id, client_id) in (select agency_id, client_id from foyer.opened_link())',
  logos: `(exists (select from foyer.brands as brand where brand.agency_id = logos.agency_id and brand.logo_hash = logos.hash)
    or exists (select from foyer.client_brands as brand where brand.agency_id = logos.agency_id and brand.logo_hash = logos.hash))`,
};

/** White label: the agency's brand, what a client has of its own, and the logos of both. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table foyer.logos (
      agency_id uuid not null references foyer.accounts (id),
      hash bytea not null constraint logos_hash check (hash = sha256(png)),
      width integer not null constraint logos_width check (width > 0),
      height integer not null constraint logos_height check (height > 0),
      png bytea not null,
      created_at timestamptz(3) not null default now(),
      primary key (agency_id, hash)
    );

    create table foyer.brands (
      agency_id uuid primary key references foyer.accounts (id),
      report_brand text constraint brands_report_brand check (report_brand <> ''),
      logo_hash bytea,
      accent_color text constraint brands_accent_color check (accent_color ~ '^#[0-9a-f]{6}$'),
      footer text constraint brands_footer check (footer <> ''),
      version integer not null default 1,
      updated_at timestamptz(3) not null default now(),
      constraint brands_logo foreign key (agency_id, logo_hash) references foyer.logos (agency_id, hash)
    );

    create table foyer.client_brands (
      agency_id uuid not null references foyer.accounts (id),
      client_id uuid not null,
      report_brand text constraint client_brands_report_brand check (report_brand <> ''),
      logo_hash bytea,
      accent_color text constraint client_brands_accent_color check (accent_color ~ '^#[0-9a-f]{6}$'),
      footer text constraint client_brands_footer check (footer <> ''),
      version integer not null default 1,
      updated_at timestamptz(3) not null default now(),
      primary key (agency_id, client_id),
      constraint client_brands_client foreign key (agency_id, client_id) references foyer.clients (agency_id, id) on delete cascade,
      constraint client_brands_logo foreign key (agency_id, logo_hash) references foyer.logos (agency_id, hash)
    );

    grant select on foyer.logos, foyer.brands, foyer.client_brands to foyer_api, foyer_worker;
    grant insert, delete on foyer.logos to foyer_api;
    grant delete on foyer.logos to foyer_worker;
    grant insert, update (report_brand, logo_hash, accent_color, footer, version, updated_at) on foyer.brands, foyer.client_brands to foyer_api;
    grant delete on foyer.client_brands to foyer_api;

    -- A report without a brand shows the account's name. Keys are no business of the worker, so it has no sight by key.
    grant select (id, name) on foyer.accounts to foyer_worker;
    alter policy holder on foyer.accounts to foyer_api;
  `.execute(db);

  for (const table of ['logos', 'brands', 'client_brands']) await tenantWall(table).execute(db);
  await sightWall('client_brands', { client: 'client_id' }).execute(db);
  // A logo that the agency shows to all, or to one of the clients that are seen.
  await sql`
    create policy sight on foyer.logos as restrictive for select using (
      (select foyer.visible_clients()) is null
      or exists (select from foyer.brands as own where own.agency_id = logos.agency_id and own.logo_hash = logos.hash)
      or exists (select from foyer.client_brands as seen where seen.agency_id = logos.agency_id and seen.logo_hash = logos.hash)
    )
  `.execute(db);
  for (const [table, shown] of Object.entries(shownByLink)) await linkWall(table, shown).execute(db);
}
