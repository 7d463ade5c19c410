/** What a page tells whoever opens it, or looks into its source. */
export interface ShownPage {
  /** Each text between two tags, in a comment or in an attribute that says something, blanks as one, entities read. */
  texts: string[];
  /** Where it loads from or leads to. */
  addresses: string[];
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };
const attribute = /\s([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/g;
const leading = ['href', 'src', 'srcset', 'action', 'poster', 'data'];
/** Attributes that lay out or declare, in a way that holds no text of anybody. */
const silent = ['class', 'width', 'height', 'lang', 'charset', 'name'];

/** Reads a page of ours, and notices whatever somebody put into it. Not a parser for other people's HTML. */
export function readShownPage(html: string): ShownPage {
  const shown = html.replaceAll(/<style>[\s\S]*?<\/style>/g, '');
  const comments = [...shown.matchAll(/<!--([\s\S]*?)-->/g)].map(([, comment]) => comment ?? '');
  const tags = shown.match(/<[^>]*>/g) ?? [];
  const attributes = tags.flatMap((tag) =>
    [...tag.matchAll(attribute)].map(([, name = '', ...values]) => ({ name: name.toLowerCase(), value: values.find(Boolean) ?? '' })),
  );
  const saying = attributes.filter(({ name }) => !leading.includes(name) && !silent.includes(name)).map(({ value }) => value);
  return {
    texts: [...shown.split(/<[^>]*>/), ...comments, ...saying].map((text) => readEntities(text).replaceAll(/\s+/g, ' ').trim()).filter((text) => text !== ''),
    addresses: attributes.filter(({ name }) => leading.includes(name)).map(({ value }) => readEntities(value)),
  };
}

function readEntities(text: string): string {
  return text.replaceAll(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
    if (decimal) return String.fromCodePoint(Number(decimal));
    return entities[name ?? ''] ?? whole;
  });
}
