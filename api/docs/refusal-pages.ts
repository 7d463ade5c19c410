import { Marked } from 'marked';
import { type NextAction, type RefusalCode, refusalCodes, refusals } from '../../domain/refusal.ts';
import { webPaths } from '../../domain/web-path.ts';
import { escaped } from './markdown.ts';
import { type DocsPage, versioned } from './page.ts';
import { refusalGuide } from './refusal-guide.ts';

export const refusalSection = 'Refusals';

/** A page for each refusal, where a problem document's `type` leads, and one that lists them. */
export function refusalPages(): DocsPage[] {
  return [listPage(), ...refusalCodes.map(pageOf)];
}

function pageOf(code: RefusalCode): DocsPage {
  const { title, status, detail } = refusals[code];
  const { when, why, steps, related } = refusalGuide[code];
  return versioned({
    path: `/docs/refusals/${code}`,
    title,
    summary: detail,
    section: refusalSection,
    availability: null,
    related: [...related, 'refusals'].map((page) => `/docs/${page}`),
    html: `
      <p><code>${code}</code>, HTTP ${status}. ${escaped(detail)}</p>
      <h2 id="when">When it happens</h2>
      <p>${inline(when)}</p>
      <h2 id="why">Why</h2>
      <p>${inline(why)}</p>
      <h2 id="what-to-do">What to do</h2>
      <ol>${steps.map((step) => `<li>${inline(step)}</li>`).join('')}</ol>
      ${wayThere(refusals[code].nextAction)}
      <h2 id="example">As a program sees it</h2>
      <pre tabindex="0"><code class="language-json">${escaped(JSON.stringify(exampleOf(code), null, 2))}</code></pre>
    `,
  });
}

/** Into the app, for whoever the refusal sends there. */
function wayThere({ path }: NextAction): string {
  return webPaths.some((known) => known === path) ? `<p><a href="${path}">Go there in the app</a></p>` : '';
}

function listPage(): DocsPage {
  const rows = refusalCodes.map((code) => {
    const { title, status, detail } = refusals[code];
    return `<tr><td><a href="/docs/refusals/${code}">${escaped(title)}</a><br><code>${code}</code></td><td>${status}</td><td>${escaped(detail)}</td></tr>`;
  });
  const summary = 'Every no that Foyer says has a name, a reason and a next action. These are all of them.';
  return versioned({
    path: '/docs/refusals',
    title: 'Refusals',
    summary,
    section: refusalSection,
    availability: null,
    related: ['/docs/api/quick-start'],
    html: `
      <p>${summary}</p>
      <div class="scrolls" tabindex="0" role="group" aria-label="All refusals"><table>
        <thead><tr><th scope="col">Refusal</th><th scope="col">HTTP</th><th scope="col">Says</th></tr></thead>
        <tbody>${rows.join('\n')}</tbody>
      </table></div>
    `,
  });
}

/** The problem document as the API answers it, with an id of nobody's request. */
function exampleOf(code: RefusalCode) {
  const { title, status, detail, nextAction } = refusals[code];
  const requestId = '0192f3a1-7c54-7e1b-9d02-5b8f6c1e4a77';
  const errors = code === 'VALIDATION_FAILED' ? { errors: [{ pointer: '/contactEmail', message: 'must be an e-mail address' }] } : {};
  return { type: `/docs/refusals/${code}`, instance: `urn:uuid:${requestId}`, requestId, code, title, status, detail, nextAction, ...errors };
}

const marked = new Marked();

/** The guide's texts have code in them, and nothing else that needs a mark. */
function inline(text: string): string {
  return marked.parseInline(text, { async: false });
}
