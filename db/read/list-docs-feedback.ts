import type { Kysely, Selectable } from 'kysely';
import type { FeedbackState } from '../../domain/docs-feedback.ts';
import type { DocsFeedbackId } from '../../domain/ids.ts';
import type { Database, DocsFeedbackTable } from '../schema.ts';
import { cutPage, newestFirst, type Page, type PageRequest } from './page.ts';

/** A reader's word about a page, and what became of it; nothing of the reader. */
export interface DocsFeedbackRecord {
  id: DocsFeedbackId;
  page: string;
  pageVersion: string;
  helpful: boolean;
  comment: string | null;
  state: FeedbackState;
  note: string | null;
  createdAt: Date;
  reviewedAt: Date | null;
}

export interface DocsFeedbackFilter {
  state?: FeedbackState | undefined;
  page?: string | undefined;
}

/** A page of what readers said, newest first. */
export async function listDocsFeedback(
  db: Kysely<Database>,
  { state, page: ofPage }: DocsFeedbackFilter,
  page: PageRequest,
): Promise<Page<DocsFeedbackRecord>> {
  let query = db.selectFrom('docs_feedback').select(feedbackColumns);
  if (state) query = query.where('state', '=', state);
  if (ofPage) query = query.where('page', '=', ofPage);
  const rows = await query.$call(newestFirst('docs_feedback', page)).execute();
  return cutPage(rows, page.limit, toDocsFeedback);
}

export const feedbackColumns = ['id', 'page', 'page_version', 'helpful', 'comment', 'state', 'note', 'created_at', 'reviewed_at'] as const;

export function toDocsFeedback(row: Pick<Selectable<DocsFeedbackTable>, (typeof feedbackColumns)[number]>): DocsFeedbackRecord {
  const { id, page, helpful, comment, state, note } = row;
  return { id, page, pageVersion: row.page_version, helpful, comment, state, note, createdAt: row.created_at, reviewedAt: row.reviewed_at };
}
