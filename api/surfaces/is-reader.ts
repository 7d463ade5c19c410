/**
 * Who fetches pages for others or for themselves: search engines, previews in chats and mails, watchers, and the check of a link that nobody has yet. Not by
 * the names of apps in which people read (LinkedIn, Telegram, Pinterest): what fetches for those calls itself a bot. Cubot makes phones.
 */
const machines =
  /(?<!cu)bot\b|crawl|spider|slurp|preview|facebookexternalhit|whatsapp|skype|embedly|mediapartners|google-(?:read-aloud|inspectiontool)|safelinks|scanner|monitoring|uptime/i;

/** Is it somebody who reads, as far as a request tells? Views are counted for those alone. */
export function isReader(method: string, headers: Headers): boolean {
  if (method !== 'GET') return false;
  const purpose = `${headers.get('sec-purpose') ?? ''} ${headers.get('purpose') ?? ''} ${headers.get('x-moz') ?? ''}`;
  return !/prefetch|prerender|preview/i.test(purpose) && !machines.test(headers.get('user-agent') ?? '');
}
