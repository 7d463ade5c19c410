/** What a page shows to whoever opens it. */
export interface ShownPage {
  /** Each text between two tags, blanks as one, entities read. */
  texts: string[];
  /** Where it loads from or leads to. */
  addresses: string[];
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** Reads a page of ours: texts and addresses, whatever the markup around them. Not a parser for other people's HTML. */
export function readShownPage(html: string): ShownPage {
  const shown = html.replaceAll(/<!--[\s\S]*?-->/g, '').replaceAll(/<style\b[\s\S]*?<\/style>/gi, '');
  const texts = shown
    .split(/<[^>]*>/)
    .map((text) => readEntities(text).replaceAll(/\s+/g, ' ').trim())
    .filter((text) => text !== '');
  const addresses = [...shown.matchAll(/\s(?:href|src|srcset|action|poster|data)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/gi)].map(([, double, single, bare]) =>
    readEntities(double ?? single ?? bare ?? ''),
  );
  return { texts, addresses };
}

function readEntities(text: string): string {
  return text.replaceAll(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
    if (decimal) return String.fromCodePoint(Number(decimal));
    return entities[name ?? ''] ?? whole;
  });
}
