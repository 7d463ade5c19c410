import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { createMiddleware } from 'hono/factory';
import { webPaths } from '../domain/web-path.ts';
import type { AppContext, AppEnv } from './environment.ts';
import { cspNonce } from './middleware/security-headers.ts';

const noncePlaceholder = '__CSP_NONCE__';
/** What the page is told of the installation before anybody is signed in: whether there is single sign-on. */
const singleSignOnPlaceholder = '__SINGLE_SIGN_ON__';

/** Where the build puts the web app. */
export const webAppDirectory = join(import.meta.dirname, '..', 'dist', 'web');

/** The directory if the web app has been built there; undefined otherwise, and the API then serves no pages of it. */
export async function findWebApp(directory: string): Promise<string | undefined> {
  try {
    await access(join(directory, 'index.html'));
    return directory;
  } catch {
    return undefined;
  }
}

/** The files of the web app, named by their content and so never stale, and its page at each of its paths. */
export function webAppPages(directory: string) {
  const pages = new Hono<AppEnv>();
  pages.get('/assets/*', keptFor('max-age=31536000, immutable'), serveStatic({ root: directory, precompressed: true }));
  pages.get('/favicon.svg', keptFor('max-age=86400'), serveStatic({ root: directory }));
  for (const path of webPaths) pages.get(path.replaceAll('$', ':'), (c) => answerPage(c, directory, 200));
  return pages;
}

/** The web app's own "not found", for a browser that asked for a page where there is none; undefined for everyone else. */
export async function answerUnknownPage(c: AppContext): Promise<Response | undefined> {
  const { webAppDirectory: directory } = c.var.deps;
  const wantsPage = c.req.method === 'GET' && (c.req.header('accept') ?? '').includes('text/html');
  if (!directory || !wantsPage || /^\/(v1|api|assets)(\/|$)/.test(c.req.path)) return undefined;
  c.var.canonical.refusal = 'NOT_FOUND';
  return answerPage(c, directory, 404);
}

/** What is not found after all says for itself that it is not to be kept. */
function keptFor(howLong: string) {
  return createMiddleware<AppEnv>(async (c, next) => {
    c.header('Cache-Control', `public, ${howLong}`);
    await next();
  });
}

/** Read anew each time, so that a build takes effect under a running API. */
async function answerPage(c: AppContext, directory: string, status: 200 | 404): Promise<Response> {
  const page = await readFile(join(directory, 'index.html'), 'utf8');
  c.header('Cache-Control', 'no-cache');
  const { singleSignOn } = c.var.deps.identity;
  return c.html(page.replaceAll(noncePlaceholder, cspNonce(c)).replace(singleSignOnPlaceholder, singleSignOn ? 'on' : 'off'), status);
}
