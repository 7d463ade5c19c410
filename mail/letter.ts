import type { Mail, MailKind } from '../domain/mail.ts';

/** What a template says: paragraphs of plain text, and at most one thing to do. */
export interface Letter {
  kind: MailKind;
  to: string;
  subject: string;
  paragraphs: readonly string[];
  action?: { label: string; url: string };
  /** Said last, smaller: what to do when the mail was not asked for. */
  footnote?: string;
}

/** A letter as a mail in plain text and in HTML that needs nothing from anywhere. */
export function mailOf({ kind, to, subject, paragraphs, action, footnote }: Letter): Mail {
  const lines = [...paragraphs, ...(action ? [`${action.label}:\n${action.url}`] : []), ...(footnote ? [footnote] : [])];
  const title = oneLine(subject);
  return { kind, to, subject: title, text: `${lines.join('\n\n')}\n`, html: htmlOf({ subject: title, paragraphs, action, footnote }) };
}

const buttonStyle = 'display:inline-block;padding:10px 16px;background:#1f2937;color:#ffffff;text-decoration:none;border-radius:6px';

function htmlOf({
  subject,
  paragraphs,
  action,
  footnote,
}: Pick<Letter, 'subject' | 'paragraphs'> & { [Part in 'action' | 'footnote']: Letter[Part] | undefined }): string {
  const body = [
    ...paragraphs.map((text) => `<p>${escaped(text)}</p>`),
    ...(action
      ? [`<p><a href="${escaped(action.url)}" style="${buttonStyle}">${escaped(action.label)}</a></p>`, `<p style="color:#6b7280">${escaped(action.url)}</p>`]
      : []),
    ...(footnote ? [`<p style="color:#6b7280">${escaped(footnote)}</p>`] : []),
  ];
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${escaped(subject)}</title></head>
<body style="font:16px/1.5 system-ui,sans-serif;color:#111827;max-width:36em;margin:24px auto;padding:0 16px">
${body.join('\n')}
</body>
</html>
`;
}

/** Names in a subject come from people: a line break would begin another header. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
}
