import { stringify } from 'csv-stringify/sync';
import type { ClientRecord } from '../db/read/clients.ts';
import type { EventRecord } from '../db/read/event-records.ts';
import type { OnboardingRecord } from '../db/read/onboardings.ts';
import type { ProjectRecord } from '../db/read/projects.ts';
import type { ReportRecord } from '../db/read/reports-of-client.ts';
import { badgeFamilies } from '../domain/badge.ts';
import type { Files } from './zip-files.ts';

/** Everything that is recorded of one client, and of nobody else. */
export interface ExportedClient {
  client: ClientRecord;
  projects: ProjectRecord[];
  reports: ReportRecord[];
  onboardings: OnboardingRecord[];
  events: EventRecord[];
}

/** The PDFs of a pack by their paths, and those that it has to do without. */
export interface PackedPdfs {
  files: Files;
  leftOut: LeftOutPdf[];
}

export interface LeftOutPdf {
  report: ReportRecord;
  /** In words for whoever opens the pack. */
  why: 'the pack would be too large' | 'it took too long' | 'it could not be drawn';
  /** What went wrong; for the log alone. */
  error?: unknown;
}

/**
 * The files of an export pack: each thing as JSON, for programs, and as CSV, for spreadsheets; reports also as PDF, or, where one is not there, a line that
 * says why.
 */
export function packFiles({ client, projects, reports, onboardings, events }: ExportedClient, { files: pdfs, leftOut }: PackedPdfs): Files {
  const shownProjects = projects.map(shownProject);
  const shownEvents = events.map(({ origin: _, ...event }) => event);
  return {
    'README.txt': readme(client, leftOut),
    'client.json': json(client),
    'projects.json': json(shownProjects),
    'projects.csv': csv(shownProjects.map(projectRow)),
    'onboardings.json': json(onboardings),
    'history.json': json(shownEvents),
    'history.csv': csv(shownEvents.map(eventRow)),
    'findings.csv': csv(reports.flatMap(findingRows)),
    ...Object.fromEntries(reports.map((report) => [packedReportPath(report, 'json'), json(report)])),
    ...pdfs,
  };
}

/** Where a report stands in the pack: a name that every system of files takes, and no other project has. */
export function packedReportPath({ domain, projectId }: Pick<ReportRecord, 'domain' | 'projectId'>, type: 'json' | 'pdf'): string {
  const name = domain
    .replaceAll(/[^a-z0-9.-]/gi, '_')
    .replace(/^\.+/, '')
    .slice(0, 100);
  return `reports/${name}-${projectId}.${type}`;
}

function readme({ name }: ClientRecord, leftOut: LeftOutPdf[]): string {
  const missing = leftOut.map(({ report, why }) => `${packedReportPath(report, 'pdf')}: ${why}\n`);
  return `${name}

What Foyer has recorded of this client. Times are UTC.

client.json       the client account
projects.*        its projects, with their badges and sharing
reports/          the latest report of each project; as PDF those that may be shared
findings.csv      the findings of all reports in one table
onboardings.json  its onboardings, step by step
history.*         what happened, oldest first
${missing.length > 0 ? `\nPDFs that are left out:\n${missing.join('')}` : ''}
Findings are observed technical evidence, not a certification.
`;
}

/** Without what its links are made of: encrypted or not, a token is nobody's to keep. */
function shownProject({ id, name, domain, badges, createdAt, sharing: { state, expiresAt, views, lastViewedAt } }: ProjectRecord) {
  return { id, name, domain, badges, sharing: { state, expiresAt, views, lastViewedAt }, createdAt };
}

function projectRow({ id, name, domain, badges, sharing, createdAt }: ReturnType<typeof shownProject>) {
  const values = Object.fromEntries(badgeFamilies.map((family) => [family, badges[family].value]));
  return { id, name, domain, ...values, sharing: sharing.state, views: sharing.views, createdAt: createdAt.toISOString() };
}

function eventRow({ at, kind, actor, projectId, before, after }: Pick<EventRecord, 'at' | 'kind' | 'actor' | 'projectId' | 'before' | 'after'>) {
  return {
    at: at.toISOString(),
    kind,
    by: actor.label,
    projectId: projectId ?? '',
    before: before ? JSON.stringify(before) : '',
    after: after ? JSON.stringify(after) : '',
  };
}

function findingRows({ domain, title, findings }: ReportRecord) {
  return findings.map((finding) => ({ domain, report: title, ...finding }));
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** For spreadsheets, which would take what begins like a formula for one. */
function csv(rows: object[]): string {
  return stringify(rows, { header: true, escape_formulas: true, bom: true });
}
