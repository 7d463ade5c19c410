import { html } from 'hono/html';
import { type DocumentFinding, type ReportDocument, surfaceLabels } from '../../domain/report-document.ts';
import { brandFooter, brandHeader, type Markup, type SurfacePage, surfacePage } from './page.ts';

/** Where the other forms of a report are; a preview has none. */
export interface ReportForms {
  print: string;
  pdf: string;
}

/** A shared report as a page, its findings as a list that opens. */
export function reportPage(document: ReportDocument, forms: ReportForms | null): SurfacePage {
  return page(document, forms, foldedFinding);
}

/** The same, to be printed: everything open. */
export function printPage(document: ReportDocument): SurfacePage {
  return page(document, null, openFinding);
}

function page(document: ReportDocument, forms: ReportForms | null, finding: (finding: DocumentFinding) => Markup): SurfacePage {
  const { brand, title, domain, date, summary, counts, findings, scope, boundary, pageTitle } = document;
  const body = html`${brandHeader(brand)}
<h1>${title}</h1>
<p class="about"><span>${domain}</span> <span>${date}</span></p>
${forms && html`<ul class="forms"><li><a href="${forms.print}">${surfaceLabels.print}</a></li><li><a href="${forms.pdf}">${surfaceLabels.pdf}</a></li></ul>`}
${scoreBox(document.score)}
<section>
<h2>${summary.heading}</h2>
<p>${summary.text}</p>
${counts.length > 0 && html`<ul class="counts">${counts.map(({ severity, word, count }) => html`<li><span class="count">${count}</span><span class="severity ${severity}">${word}</span></li>`)}</ul>`}
${summary.first && html`<p>${summary.first.label}</p><ol class="first">${summary.first.titles.map((each) => html`<li>${each}</li>`)}</ol>`}
</section>
<section>
<h2>${findings.heading}</h2>
${findings.none !== null && html`<p>${findings.none}</p>`}
${findings.groups.map(({ heading, findings: found }) => html`<h3 class="group">${heading}</h3>\n<ul class="findings">${found.map((each) => html`<li>${finding(each)}</li>\n`)}</ul>\n`)}
</section>
<section>
<h2>${scope.heading}</h2>
${[scope.looked, scope.notLooked].map(({ heading, items }) => html`<h3>${heading}</h3>\n<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>\n`)}
</section>
<section class="boundary">
<h2>${boundary.heading}</h2>
${boundary.paragraphs.map((paragraph) => html`<p>${paragraph}</p>\n`)}
</section>
${brandFooter(brand)}`;
  return surfacePage({ title: pageTitle, accentColor: brand.accentColor, body });
}

function scoreBox({ label, value, outOf, band }: ReportDocument['score']): Markup {
  return html`<dl class="score"><dt>${label}</dt><dd><span class="value">${value}</span> <span>${outOf}</span></dd><dd class="band">${band}</dd></dl>`;
}

function foldedFinding(finding: DocumentFinding): Markup {
  return html`<details><summary>${findingTitle(finding)}</summary>${findingFacts(finding)}</details>`;
}

function openFinding(finding: DocumentFinding): Markup {
  return html`<div class="finding-title">${findingTitle(finding)}</div>${findingFacts(finding)}`;
}

function findingTitle({ severity, severityWord, title }: DocumentFinding): Markup {
  return html`<span class="severity ${severity}">${severityWord}</span> <h4>${title}</h4>`;
}

function findingFacts({ facts, evidence, recommendation }: DocumentFinding): Markup {
  return html`<dl class="facts">
${facts.map(({ label, text }) => html`<dt>${label}</dt><dd>${text}</dd>\n`)}
<dt>${evidence.label}</dt><dd class="${isLong(evidence.text) ? 'evidence long' : 'evidence'}">${evidence.text}</dd>
<dt>${recommendation.label}</dt><dd>${recommendation.text}</dd>
</dl>`;
}

/** Would it fill much of a printed page? Then it may be broken. */
function isLong(text: string): boolean {
  return text.length > 2_500 || text.split('\n').length > 25;
}
