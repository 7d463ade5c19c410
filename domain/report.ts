import type { Badge, BadgeValue } from './badge.ts';

export const publicationGates = ['evidence', 'scope', 'confidence', 'redaction', 'legalBoundary', 'falsePositiveReview'] as const;
export type PublicationGate = (typeof publicationGates)[number];

export const gateStates = ['passed', 'missing', 'blocked'] as const;
export type GateState = (typeof gateStates)[number];

export interface Gate {
  state: GateState;
  reason?: string | undefined;
}

export type Gates = Record<PublicationGate, Gate>;

export const findingSeverities = ['critical', 'high', 'medium', 'low', 'info'] as const;
export type FindingSeverity = (typeof findingSeverities)[number];

export interface Finding {
  severity: FindingSeverity;
  category: string;
  title: string;
  affectedUrl: string;
  evidence: string;
  recommendation: string;
}

/**
 * The report badge that follows from the gates: any blocked gate blocks publication, else any missing one means missing
 * evidence, else the report is ready, and published once it is shared. No report: `no_report`.
 */
export function reportBadge(report: { gates: Gates; at: Date } | null, shared: boolean): Badge {
  if (!report) return { value: 'no_report', reason: null, at: null };
  const inState = (state: GateState) => publicationGates.filter((gate) => report.gates[gate].state === state);
  const because = (gates: PublicationGate[]) => gates.map((gate) => report.gates[gate].reason ?? `${gate} ${report.gates[gate].state}`).join('; ');
  const badge = (value: BadgeValue<'report'>, gates: PublicationGate[] = []): Badge => ({ value, reason: because(gates) || null, at: report.at });
  const blocked = inState('blocked');
  if (blocked.length > 0) return badge('publication_blocked', blocked);
  const missing = inState('missing');
  if (missing.length > 0) return badge('missing_evidence', missing);
  return badge(shared ? 'published' : 'ready_for_publish');
}
