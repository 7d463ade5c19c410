import { type Kysely, sql } from 'kysely';

/** What readers say of the documentation. It belongs to no tenant: whoever reads the pages is not asked who they are. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table foyer.docs_feedback (
      id uuid primary key default uuidv7(),
      page text not null constraint docs_feedback_page check (page like '/docs%'),
      page_version text not null,
      helpful boolean not null,
      comment text,
      visitor_hash bytea not null constraint docs_feedback_visitor check (octet_length(visitor_hash) = 32),
      state text not null default 'open' constraint docs_feedback_state check (state in ('open', 'done', 'dismissed')),
      note text,
      created_at timestamptz(3) not null default now(),
      reviewed_at timestamptz(3),
      constraint docs_feedback_once unique (page, page_version, visitor_hash)
    );
    create index docs_feedback_queue on foyer.docs_feedback (created_at desc, id desc);

    grant select, insert (page, page_version, helpful, comment, visitor_hash), update (state, note, reviewed_at) on foyer.docs_feedback to foyer_api;
  `.execute(db);
}
