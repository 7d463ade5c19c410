import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Hono } from 'hono';
import { docsFeedbackRequest } from '../../domain/docs-feedback.ts';
import type { AppContext, AppEnv } from '../environment.ts';
import { fieldErrors } from '../field-errors.ts';
import { refused } from '../refused.ts';
import { guideDirectory } from './guide.ts';
import { layOut } from './layout.ts';
import { library } from './library.ts';
import { recordFeedback } from './record-feedback.ts';

const styleSheet = await readFile(join(import.meta.dirname, 'docs.css'), 'utf8');

/** `/docs`: the guide, a page for each refusal, and what readers say of them. Pages need no script. */
export const docsSite = new Hono<AppEnv>()
  .get('/docs.css', (c) => c.body(styleSheet, 200, { 'Content-Type': 'text/css; charset=utf-8', 'Cache-Control': 'public, max-age=300' }))
  .get('/images/:name{[a-z0-9-]+\\.png}', async (c) => c.body(await readPicture(c.req.param('name')), 200, picture))
  .post('/feedback', takeForm)
  .get('*', async (c, next) => {
    const page = library.get(c.req.path.replace(/(?<=.)\/$/, ''));
    if (!page) return next();
    c.header('Cache-Control', 'no-cache');
    return c.html(layOut(page, { thanked: c.req.query('feedback') === 'thanks' }));
  });

const picture = { 'Content-Type': 'image/png', 'Cache-Control': 'public, max-age=300' };

async function readPicture(name: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await readFile(join(guideDirectory, 'images', name)));
  } catch {
    throw refused('NOT_FOUND');
  }
}

/** The form of a page, as a browser sends it; leads back to where it stands. */
async function takeForm(c: AppContext): Promise<Response> {
  const { page, helpful, comment } = await c.req.parseBody();
  const said = docsFeedbackRequest.safeParse({ page, comment, helpful: helpful === 'yes' ? true : helpful === 'no' ? false : undefined });
  if (!said.success) throw refused('VALIDATION_FAILED', { errors: fieldErrors(said.error, '') });
  await recordFeedback(c, said.data);
  return c.redirect(`${said.data.page}?feedback=thanks#feedback`, 303);
}
