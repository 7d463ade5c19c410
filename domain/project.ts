import { z } from 'zod';
import { badgeValues, type ReportedBadgeFamily } from './badge.ts';
import { findingSeverities, gateStates, publicationGates } from './report.ts';
import { domainName, line, optional, text, timestamp } from './text.ts';

/** Body of `POST /v1/agencies/{agencyId}/projects`. */
export const createProjectRequest = z.object({
  name: line(200),
  domain: domainName,
  clientId: z.uuid().toLowerCase().nullish(),
});

/** Body of `PUT …/projects/{projectId}/client`; null unassigns. */
export const assignProjectRequest = z.object({ clientId: z.uuid().toLowerCase().nullable() });

/** Body of `PUT …/projects/{projectId}/badges/{family}`; the value must be one of the family. */
export const reportBadgeRequest = z.object({
  value: z.string().max(64),
  reason: optional(text(1_000)).nullable(),
  at: timestamp,
});

/** Is `value` one of the family's values? */
export function isBadgeValue(family: ReportedBadgeFamily, value: string): boolean {
  return (badgeValues[family] as readonly string[]).includes(value);
}

const gate = z.object({ state: z.enum(gateStates), reason: optional(text(1_000)) });

const finding = z.object({
  severity: z.enum(findingSeverities),
  category: line(200),
  title: line(500),
  affectedUrl: line(2_000),
  evidence: text(20_000),
  recommendation: text(20_000),
});

/** Body of `PUT …/projects/{projectId}/report`. */
export const deliverReportRequest = z.object({
  title: line(300),
  domain: domainName,
  riskScore: z.number().min(0).max(100),
  pagesScanned: z.int().min(0).max(1_000_000),
  findings: z.array(finding).max(1_000),
  gates: z.object(Object.fromEntries(publicationGates.map((name) => [name, gate])) as Record<(typeof publicationGates)[number], typeof gate>),
  at: timestamp,
});
