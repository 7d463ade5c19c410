import { describe, expect, test } from 'vitest';
import { readShownPage } from '../../activities/shown-page.ts';
import { isReader } from '../../api/surfaces/is-reader.ts';
import { reportPage } from '../../api/surfaces/report-page.ts';
import type { ReportBrand } from '../../domain/brand.ts';
import { type FindingSeverity, findingSeverities } from '../../domain/report.ts';
import { composeReport, legalBoundary, longDate, pageMeta, type SharedReport, surfaceLabels, textsOf } from '../../domain/report-document.ts';
import { withoutToken } from '../../domain/surface-path.ts';

const brand: ReportBrand = { reportBrand: 'Northwind & Sons', logo: null, accentColor: '#1f5f5b', footer: 'Kiel\n  Harbour' };

function report(changes: Partial<SharedReport> = {}): SharedReport {
  return { title: 'A "risk" report', domain: 'acme.example', riskScore: 42, pagesScanned: 120, findings: [], at: new Date('2026-03-01T23:59:59Z'), ...changes };
}

function finding(severity: FindingSeverity, title = `A ${severity} thing`) {
  return {
    severity,
    category: 'Access',
    title,
    affectedUrl: 'https://acme.example/',
    evidence: 'seen <b>twice</b>\n\n  & once more',
    recommendation: 'Close it.',
  };
}

describe('a report in words', () => {
  test('groups its findings by severity, worst first, whatever the order in which they came', () => {
    const { findings, counts, summary } = composeReport(report({ findings: [finding('info'), finding('low'), finding('critical'), finding('low')] }), brand);
    expect(findings.groups.map(({ severity, findings: of }) => [severity, of.length])).toEqual([
      ['critical', 1],
      ['low', 2],
      ['info', 1],
    ]);
    expect(counts.map(({ word, count }) => `${count} ${word}`)).toEqual(['1 Critical', '2 Low', '1 For information']);
    expect(summary.first?.titles).toEqual(['A critical thing', 'A low thing', 'A low thing']);
    expect(summary.text).toBe(
      'The scan of 1 March 2026 looked at 120 pages of acme.example and found 4 things to know about. One of them is critical or high and should come first.',
    );
  });

  test('with nothing found says so', () => {
    const { summary, findings } = composeReport(report({ pagesScanned: 1 }), brand);
    expect(summary).toMatchObject({
      text: 'The scan of 1 March 2026 looked at 1 page of acme.example and found nothing that needs to be changed.',
      first: null,
    });
    expect(findings).toMatchObject({ none: 'Nothing was found that needs to be changed.', groups: [] });
  });

  test.each([
    [0, 'low'],
    [19.9, 'low'],
    [20, 'moderate'],
    [50, 'high'],
    [79, 'high'],
    [80, 'very high'],
    [100, 'very high'],
  ])('calls a score of %d %s', (riskScore, band) => {
    expect(composeReport(report({ riskScore }), brand).score.band).toBe(`${band} risk`);
  });

  test('always says what it is', () => {
    expect(composeReport(report(), brand).boundary.paragraphs).toEqual(legalBoundary);
    expect(legalBoundary[0]).toBe('The findings are observed technical evidence, not a certification.');
  });

  test('dates by UTC', () => {
    expect(longDate(new Date('2026-12-31T23:59:59Z'))).toBe('31 December 2026');
  });
});

test('a page says what its document says, text by text, and nothing else: what the look from outside stands on', async () => {
  const document = composeReport(report({ findings: findingSeverities.map((severity) => finding(severity)) }), {
    ...brand,
    logo: { url: '/r/x/logo', width: 2, height: 1 },
  });
  const page = readShownPage(String(await reportPage(document, { print: '/r/x/print', pdf: '/r/x/report.pdf' }).html));
  const inOneLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim();
  const allowed = new Set([...textsOf(document), ...textsOf(surfaceLabels), ...textsOf(pageMeta)].map(inOneLine));
  expect(page.texts.filter((text) => !allowed.has(text))).toEqual([]);
  expect(page.texts).toEqual(expect.arrayContaining(['A "risk" report', 'Northwind & Sons', 'seen <b>twice</b> & once more', 'Kiel Harbour']));
  expect(page.addresses).toEqual(['/r/x/logo', '/r/x/print', '/r/x/report.pdf']);
});

test('a page is read to its last corner: entities, attributes in every manner of quotes, comments; styles alone say nothing', () => {
  const page = readShownPage(
    `<!-- hidden --><style>p{}</style><p title="in a title" class="x">&lt;b&gt; &#65;&#x42; &amp;amp;</p><img src='//a' alt=''><a href=/b data-note='kept'>c</a>`,
  );
  expect(page.texts.toSorted()).toEqual(['<b> AB &amp;', 'c', 'hidden', 'in a title', 'kept']);
  expect(page.addresses).toEqual(['//a', '/b']);
});

describe('who reads', () => {
  const agents = (agent: string) => new Headers({ 'user-agent': agent });

  test.each([
    'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Safari/605.1.15',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Mobile/15E148 [LinkedInApp]/9.31',
    'Mozilla/5.0 (Linux; Android 15; Pixel 9) Chrome/150.0 Mobile Telegram-Android/12.1',
    'Mozilla/5.0 (Linux; Android 15; CUBOT X70) Chrome/150.0 Mobile',
    'curl/8.10',
    'node',
    '',
  ])('%j counts', (agent) => {
    expect(isReader('GET', agents(agent))).toBe(true);
  });

  test.each([
    'Googlebot/2.1',
    'Mozilla/5.0 (compatible; bingbot/2.0)',
    'Slackbot-LinkExpanding',
    'SkypeUriPreview',
    'LinkedInBot/1.0',
    'TelegramBot (like TwitterBot)',
    'Pinterest/0.2 (+https://www.pinterest.com/bot.html)',
    'UptimeRobot/2.0',
  ])('%j does not', (agent) => {
    expect(isReader('GET', agents(agent))).toBe(false);
  });

  test('nobody does who only asks for the head', () => {
    expect(isReader('HEAD', agents('Firefox'))).toBe(false);
  });
});

test.each([
  ['/r/abc', '/r/{token}'],
  ['/r/abc/report.pdf', '/r/{token}/report.pdf'],
  ['/client-portal/abc/logo', '/client-portal/{token}/logo'],
  [`//r/${'t'.repeat(43)}`, '//r/{token}'],
  [`/R/${'t-_'.repeat(15)}/print`, '/R/{token}/print'],
  ['/reference/x', '/reference/x'],
  ['/v1/agencies/x', '/v1/agencies/x'],
])('%s is logged as %s', (path, logged) => {
  expect(withoutToken(path)).toBe(logged);
});

test('every text of a document is found', () => {
  expect(textsOf({ a: 'x', b: [{ c: 'y' }, 'z'], d: null, e: 7 })).toEqual(['x', 'y', 'z']);
});
