import type { ReportBrand } from './brand.ts';
import { type Finding, type FindingSeverity, findingSeverities } from './report.ts';

/** What of a report a client may see. Built from this list, never by taking fields away. */
export interface SharedReport {
  title: string;
  domain: string;
  /** 0 to 100, higher is worse. */
  riskScore: number;
  pagesScanned: number;
  findings: Finding[];
  /** When the report was made. */
  at: Date;
}

export interface DocumentFinding {
  severity: FindingSeverity;
  severityWord: string;
  title: string;
  facts: { label: string; text: string }[];
  evidence: { label: string; text: string };
  recommendation: { label: string; text: string };
}

/** A report in the words in which every surface shows it: page, print and PDF add none of their own. */
export interface ReportDocument {
  brand: ReportBrand;
  /** Of the window, and of the file. */
  pageTitle: string;
  title: string;
  domain: string;
  date: string;
  madeAt: Date;
  score: { label: string; value: string; outOf: string; band: string };
  summary: { heading: string; text: string; first: { label: string; titles: string[] } | null };
  counts: { severity: FindingSeverity; word: string; count: string }[];
  findings: { heading: string; none: string | null; groups: { severity: FindingSeverity; heading: string; findings: DocumentFinding[] }[] };
  scope: { heading: string; looked: { heading: string; items: string[] }; notLooked: { heading: string; items: string[] } };
  boundary: { heading: string; paragraphs: string[] };
}

/** What the other surfaces of a report are called where one leads to another. */
export const surfaceLabels = { print: 'For printing', pdf: 'As PDF' } as const;

/** What the head of every page tells browsers and search engines. */
export const pageMeta = { viewport: 'width=device-width, initial-scale=1', robots: 'noindex, nofollow, noarchive' } as const;

const severityWords: Record<FindingSeverity, string> = { critical: 'Critical', high: 'High', medium: 'Medium', low: 'Low', info: 'For information' };

/** From which score on a risk is called so, highest first. */
const scoreBands = [
  [80, 'very high'],
  [50, 'high'],
  [20, 'moderate'],
  [0, 'low'],
] as const;

/** Stands on everything a client is shown. */
export const legalBoundary = [
  'The findings are observed technical evidence, not a certification.',
  'They say what could be seen at the time of the scan. They do not say that nothing else is wrong, and they are neither legal advice nor a statement that any law or standard is met.',
] as const;

const outOfSight = [
  'Pages behind a sign-in, a payment or a form that changes data.',
  'Other sites and services, even where this one leads to them.',
  'Source code, servers and networks from the inside.',
  'People, contracts and the way of working.',
] as const;

/** Puts a report into words, under a brand. */
export function composeReport(report: SharedReport, brand: ReportBrand): ReportDocument {
  const { domain, findings } = report;
  const date = longDate(report.at);
  const bySeverity = findingSeverities.map((severity) => ({ severity, found: findings.filter((finding) => finding.severity === severity) }));
  const present = bySeverity.filter(({ found }) => found.length > 0);
  return {
    brand,
    pageTitle: `${report.title}, ${brand.reportBrand}`,
    title: report.title,
    domain,
    date,
    madeAt: report.at,
    score: scoreOf(report.riskScore),
    summary: { heading: 'Summary', ...summarise(report, date) },
    counts: present.map(({ severity, found }) => ({ severity, word: severityWords[severity], count: String(found.length) })),
    findings: {
      heading: 'Findings',
      none: findings.length === 0 ? 'Nothing was found that needs to be changed.' : null,
      groups: present.map(({ severity, found }) => ({
        severity,
        heading: `${severityWords[severity]}: ${count(found.length, 'finding')}`,
        findings: found.map(describeFinding),
      })),
    },
    scope: {
      heading: 'What was looked at',
      looked: {
        heading: 'Looked at',
        items: [
          `${count(report.pagesScanned, 'page')} of ${domain} that anyone can open.`,
          'What these pages and their server sent in answer, as any visitor would receive it.',
        ],
      },
      notLooked: { heading: 'Not looked at', items: [...outOfSight] },
    },
    boundary: { heading: 'What this report is', paragraphs: [...legalBoundary] },
  };
}

function describeFinding({ severity, title, category, affectedUrl, evidence, recommendation }: Finding): DocumentFinding {
  return {
    severity,
    severityWord: severityWords[severity],
    title,
    facts: [
      { label: 'Area', text: category },
      { label: 'Where', text: affectedUrl },
    ],
    evidence: { label: 'What was seen', text: evidence },
    recommendation: { label: 'What to do', text: recommendation },
  };
}

function summarise({ domain, pagesScanned, findings }: SharedReport, date: string): Omit<ReportDocument['summary'], 'heading'> {
  const scanned = `The scan of ${date} looked at ${count(pagesScanned, 'page')} of ${domain}`;
  if (findings.length === 0) return { text: `${scanned} and found nothing that needs to be changed.`, first: null };
  const worst = findingSeverities.flatMap((severity) => findings.filter((finding) => finding.severity === severity)).slice(0, 3);
  const urgent = findings.filter(({ severity }) => severity === 'critical' || severity === 'high').length;
  const weight =
    urgent > 0 ? `${urgent === 1 ? 'One of them is' : `${urgent} of them are`} critical or high and should come first.` : 'None of them is critical or high.';
  return {
    text: `${scanned} and found ${count(findings.length, 'thing')} to know about. ${weight}`,
    first: { label: 'Begin with', titles: worst.map(({ title }) => title) },
  };
}

function scoreOf(riskScore: number): ReportDocument['score'] {
  const band = scoreBands.find(([from]) => riskScore >= from)?.[1] ?? 'low';
  return { label: 'Risk score, higher is worse', value: String(Math.round(riskScore)), outOf: 'of 100', band: `${band} risk` };
}

function count(number: number, noun: string): string {
  return `${String(number).replace(/\B(?=(\d{3})+$)/g, ',')} ${noun}${number === 1 ? '' : 's'}`;
}

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'] as const;

/** `24 November 2026`, by UTC. */
export function longDate(time: Date): string {
  return `${time.getUTCDate()} ${months[time.getUTCMonth()]} ${time.getUTCFullYear()}`;
}

/** Every piece of text of a document: what its page may say, and nothing else. */
export function textsOf(part: unknown): string[] {
  if (typeof part === 'string') return [part];
  if (Array.isArray(part)) return part.flatMap(textsOf);
  return part !== null && typeof part === 'object' ? Object.values(part).flatMap(textsOf) : [];
}
