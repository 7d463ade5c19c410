import { z } from 'zod';
import { type ClientDetails, clientName, clientNotes, contactEmail, externalReference } from './client.ts';
import type { LookalikeReason } from './duplicate.ts';
import { importLimits, type OnDuplicate } from './import-state.ts';
import { domainName, optional } from './text.ts';

export const importFields = ['name', 'contactEmail', 'externalReference', 'notes', 'domain'] as const;
export type ImportField = (typeof importFields)[number];

/** A row as it came, text by field. */
export type ImportCells = Partial<Record<ImportField, string | null | undefined>>;

/** A row that can be onboarded. */
export interface ImportRow extends ClientDetails {
  /** Takes the agency's unassigned project of this domain, if there is exactly one. */
  domain: string | null;
}

/** What other people's exports call the fields, without case, blanks and punctuation. */
const headings: Record<ImportField, readonly string[]> = {
  name: ['name', 'client', 'clientname', 'clientaccount', 'company', 'companyname', 'organisation', 'organization'],
  contactEmail: ['contactemail', 'clientcontactemail', 'email', 'emailaddress', 'mail'],
  externalReference: ['externalreference', 'reference', 'externalid', 'crmid', 'recordid'],
  notes: ['notes', 'clientnotes', 'note', 'comment', 'comments'],
  domain: ['domain', 'website', 'site', 'url', 'domainname', 'companydomainname'],
};

/** The field that a column's heading means; undefined for a column that is not imported. */
export function fieldOfHeading(heading: string): ImportField | undefined {
  const plain = heading.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
  return importFields.find((field) => headings[field].includes(plain));
}

/** A site as exports have it, often as a whole address. */
const site = z.preprocess((value) => (typeof value === 'string' ? value.replace(/^\s*https?:\/\//i, '').replace(/[/?#].*$/s, '') : value), domainName);

const rowSchema = z.object({
  name: z.preprocess((value) => value ?? '', clientName),
  contactEmail: optional(contactEmail).nullable(),
  externalReference: optional(externalReference).nullable(),
  notes: optional(clientNotes).nullable(),
  domain: optional(site).nullable(),
});

/** A row, or what is wrong with it. */
export function readRow(cells: ImportCells): { row: ImportRow } | { problem: string } {
  const { success, data, error } = rowSchema.safeParse(cells);
  if (!success) return { problem: error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ') };
  const { name, contactEmail: email, externalReference: reference, notes, domain } = data;
  return { row: { name, contactEmail: email ?? null, externalReference: reference ?? null, notes: notes ?? null, domain: domain ?? null } };
}

const cell = z
  .string()
  .max(importLimits.cellLength)
  .refine((value) => value.isWellFormed() && !value.includes('\u0000'), 'must be well-formed Unicode without NUL')
  .nullish();

/** Body of `POST …/imports` in JSON. What is no text at all is refused with the whole; what does not fit its field, with its row. */
export const importRequest = z.object({
  rows: z
    .array(z.object({ name: cell, contactEmail: cell, externalReference: cell, notes: cell, domain: cell }))
    .min(1)
    .max(importLimits.rows),
});

/** What tells rows of one file apart. */
export interface SketchedRow {
  line: number;
  /** The name as duplicates are found by it. */
  nameSketch: string | null;
  externalReference: string | null;
  domain: string | null;
}

/** For each row that says the same as an earlier one, the line of that. The same reference twice is never two clients, whatever is chosen. */
export function findTwins(rows: readonly SketchedRow[], onDuplicate: OnDuplicate): Map<number, number> {
  const twins = new Map<number, number>();
  const firsts = new Map<string, number>();
  for (const row of rows) {
    const marks = onDuplicate === 'create' ? [mark('reference', row.externalReference)] : marksOf(row);
    const told = marks.filter((one) => one !== null);
    const [first] = told.flatMap((one) => firsts.get(one) ?? []).sort((a, b) => a - b);
    if (first !== undefined) twins.set(row.line, first);
    else for (const one of told) firsts.set(one, row.line);
  }
  return twins;
}

function marksOf({ nameSketch, externalReference: reference, domain }: SketchedRow) {
  return [mark('name', nameSketch), mark('reference', reference?.toLowerCase() ?? null), mark('domain', domain)];
}

function mark(kind: LookalikeReason, value: string | null): string | null {
  return value === null ? null : `${kind} ${value}`;
}
