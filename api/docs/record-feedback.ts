import { createHmac } from 'node:crypto';
import type { DocsFeedbackRequest } from '../../domain/docs-feedback.ts';
import { limitAttempt } from '../auth/attempt-limits.ts';
import type { AppContext } from '../environment.ts';
import { refused } from '../refused.ts';
import { library } from './library.ts';

const limits = { perAddress: { max: 20, windowSeconds: 3_600 } };

/**
 * Puts a reader's word about a page into the review queue; tells whether it did, for a visitor is heard once about each text of a page.
 * Refuses with `VALIDATION_FAILED` what is no page, and with `RATE_LIMITED` whoever says too much.
 */
export async function recordFeedback(c: AppContext, { page: path, helpful, comment }: DocsFeedbackRequest): Promise<boolean> {
  const page = library.get(path);
  if (!page) throw refused('VALIDATION_FAILED', { errors: [{ pointer: '/page', message: 'must be a page of the documentation' }] });
  await limitAttempt(c, 'documentation feedback', limits, undefined);
  const { numInsertedOrUpdatedRows } = await c.var.deps.db
    .insertInto('docs_feedback')
    .values({ page: path, page_version: page.version, helpful, comment: comment ?? null, visitor_hash: visitorHash(c) })
    .onConflict((conflict) => conflict.constraint('docs_feedback_once').doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

/** Another one each day, and made with a key: it tells two visitors apart and leads back to neither. */
function visitorHash(c: AppContext): Buffer {
  const day = new Date().toISOString().slice(0, 10);
  const visitor = JSON.stringify([day, c.var.clientAddress ?? null, c.req.header('user-agent') ?? null]);
  return createHmac('sha256', c.var.deps.secrets.keyFor('documentation feedback')).update(visitor).digest();
}
