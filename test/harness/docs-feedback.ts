import { randomBytes } from 'node:crypto';
import type { DocsFeedbackId } from '../../domain/ids.ts';
import type { TestDatabase } from './database.ts';

/** Another visitor's word about the front page of the documentation, written as the API writes it. */
export async function saidOfDocs({ api }: TestDatabase): Promise<DocsFeedbackId> {
  const said = { page: '/docs', page_version: 'v1', helpful: false, comment: 'unclear', visitor_hash: randomBytes(32) };
  const { id } = await api.insertInto('docs_feedback').values(said).returning('id').executeTakeFirstOrThrow();
  return id;
}
