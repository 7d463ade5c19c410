import { Marked } from 'marked';

/** A guide page as its file has it: `# title`, a first paragraph that sums it up, the rest. */
export interface GuideText {
  title: string;
  summary: string;
  html: string;
}

const marked = new Marked({
  gfm: true,
  renderer: {
    // Every heading can be linked to.
    heading({ tokens, depth, text }) {
      return `<h${depth} id="${slug(text)}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
    },
    // A wide table scrolls by itself, and by keyboard.
    table(token) {
      const row = (cells: typeof token.header, tag: 'td' | 'th') =>
        `<tr>${cells.map((cell) => `<${tag}${tag === 'th' ? ' scope="col"' : ''}>${this.parser.parseInline(cell.tokens)}</${tag}>`).join('')}</tr>`;
      const body = token.rows.map((cells) => row(cells, 'td')).join('\n');
      return `<div class="scrolls" tabindex="0" role="group" aria-label="Table"><table><thead>${row(token.header, 'th')}</thead><tbody>${body}</tbody></table></div>\n`;
    },
    code({ text, lang }) {
      return `<pre tabindex="0"><code${lang ? ` class="language-${lang}"` : ''}>${escaped(text)}</code></pre>\n`;
    },
  },
});

/** Throws for a file without title or summary. */
export function renderGuide(markdown: string): GuideText {
  const [heading, ...rest] = marked.lexer(markdown).filter(({ type }) => type !== 'space');
  const [summary, ...body] = rest;
  if (heading?.type !== 'heading' || summary?.type !== 'paragraph') throw new Error('a guide page begins with its title and a paragraph that sums it up');
  return { title: heading['text'], summary: summary['text'], html: marked.parser([summary, ...body]) };
}

/** Text as HTML. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '');
}
