import { readGuide } from './guide.ts';
import { type DocsPage, versioned } from './page.ts';
import { refusalPages } from './refusal-pages.ts';

const guide = await readGuide();

/** Every page of the documentation, by its path; made once. */
export const library: ReadonlyMap<string, DocsPage> = new Map([frontPage(guide), ...guide, ...refusalPages()].map((page) => [page.path, page]));

/** The guide's pages by section, in the order of their reading. */
export const sections: ReadonlyMap<string, DocsPage[]> = Map.groupBy(guide, ({ section }) => section);

function frontPage(pages: DocsPage[]): DocsPage {
  const summary = 'How to keep clients apart, onboard them, and share what is ready to be shared.';
  const bySection = [...Map.groupBy(pages, ({ section }) => section)].map(
    ([section, inIt]) => `
      <h2>${section}</h2>
      <ul class="cards">${inIt.map(({ path, title, summary }) => `<li><a href="${path}">${title}</a><p>${summary}</p></li>`).join('')}</ul>`,
  );
  return versioned({
    path: '/docs',
    title: 'Documentation',
    summary,
    section: '',
    availability: null,
    related: [],
    html: `<p>${summary}</p>${bySection.join('')}
      <h2>Reference</h2>
      <ul class="cards">
        <li><a href="/reference">API reference</a><p>Every operation, from the OpenAPI document, to read and to try.</p></li>
        <li><a href="/docs/refusals">Refusals</a><p>Every no that Foyer says, with its reason and what to do next.</p></li>
      </ul>`,
  });
}
