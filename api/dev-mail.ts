import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Hono } from 'hono';
import { html } from 'hono/html';
import { z } from 'zod';
import type { AppEnv } from './environment.ts';
import { refused } from './refused.ts';

const keptMail = z.object({ id: z.uuid(), sentAt: z.iso.datetime(), to: z.string(), subject: z.string(), text: z.string() });
type KeptMail = z.infer<typeof keptMail>;

/** As many as anybody looks through. */
const mostShown = 100;

/** `/dev/mail`: the mail that the embedded default keeps on this machine in the place of sending it, newest first. */
export function devMailPages(directory: string) {
  return new Hono<AppEnv>()
    .get('/', async (c) => {
      const mails = await readMails(directory);
      return c.html(page('Mail', mails.length === 0 ? html`<p>No mail has been sent yet.</p>` : html`<ul>${mails.map(item)}</ul>`));
    })
    .get('/:id', async (c) => {
      const id = z.uuid().safeParse(c.req.param('id'));
      const mail = id.success && (await readMail(join(directory, `${id.data}.json`)));
      if (!mail) throw refused('NOT_FOUND');
      return c.html(
        page(mail.subject, html`<p>To ${mail.to}, ${mail.sentAt}</p>${mail.text.trim().split('\n\n').map(paragraph)}<p><a href="/dev/mail">All mail</a></p>`),
      );
    });
}

async function readMails(directory: string): Promise<KeptMail[]> {
  const names = await readdir(directory).catch(() => []);
  // Ids are made in the order of time.
  const newest = names
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .toReversed()
    .slice(0, mostShown);
  return (await Promise.all(newest.map((name) => readMail(join(directory, name))))).flatMap((mail) => mail ?? []);
}

async function readMail(file: string): Promise<KeptMail | undefined> {
  try {
    return keptMail.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return undefined;
  }
}

function item({ id, to, subject, sentAt }: KeptMail) {
  return html`<li><a href="/dev/mail/${id}">${subject}</a> to ${to}, ${sentAt}</li>`;
}

function paragraph(text: string) {
  const lines = text.split('\n').map((line) => (/^https?:\/\/\S+$/.test(line) ? html`<a href="${line}">${line}</a><br>` : html`${line}<br>`));
  return html`<p>${lines}</p>`;
}

function page(title: string, content: unknown) {
  return html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title></head>
<body>
<main>
<h1>${title}</h1>
${content}
</main>
</body>
</html>`;
}
