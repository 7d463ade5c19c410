import { texts } from '../texts/texts.ts';
import { calendarDay } from '../time/day.ts';
import { exactly } from '../time/exactly.ts';

const t = texts.history;

/** What an event tells, as the API gives it. */
export interface ToldEvent {
  kind: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  /** Whether its details are. */
  erased: boolean;
}

/** `client.offboarding_scheduled` as people read it: `Client offboarding scheduled`. */
export function eventInWords(kind: string): string {
  const words = kind.replace('api_key', 'API key').replace('crm_', 'CRM ').replaceAll(/[._]/g, ' ');
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

/** What an event changed, field by field: `name: Acme → Acme GmbH`. */
export function changeInWords({ kind, before, after, erased }: ToldEvent): string {
  if (erased) return t.erased;
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  const changed = fields.filter((field) => tells(field) && JSON.stringify(before?.[field] ?? null) !== JSON.stringify(after?.[field] ?? null));
  return changed.map((field) => `${fieldInWords(field)}: ${change(kind, field, before, after?.[field])}`).join(', ');
}

/** Not what is for machines alone. */
function tells(field: string): boolean {
  return !/(_id|Id|_hash)$|^(id|at)$/.test(field);
}

function change(kind: string, field: string, before: ToldEvent['before'], after: unknown): string {
  if (!before || !(field in before)) return inWords(kind, field, after);
  const was = before[field];
  if (!areIds(was) || !areIds(after)) return `${inWords(kind, field, was)} → ${inWords(kind, field, after)}`;
  return t.addedAndRemoved(after.filter((id) => !was.includes(id)).length, was.filter((id) => !after.includes(id)).length);
}

/** `billingEmail` as people read it: `billing email`; of `clientIds` they are told how many: `clients`. */
function fieldInWords(field: string): string {
  return field
    .replace(/Ids$/, 's')
    .replaceAll('_', ' ')
    .replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** Fields of which we choose the values: codes and states. What people have typed stays as it is, however it looks. */
const ofOurChoice = /^(code|state|badge|value|because|for|source|kind|role|former_?[rR]ole|on_?[lL]imit|on_?[dD]uplicate)$/;

function inWords(kind: string, field: string, value: unknown): string {
  if (value === null || value === undefined) return texts.clients.nothing;
  if (typeof value === 'boolean') return value ? t.yes : t.no;
  if (typeof value === 'string') return textInWords(kind, field, value);
  if (Array.isArray(value)) return listInWords(kind, field, value);
  if (typeof value !== 'object') return String(value);
  if ('code' in value) return inWords(kind, 'code', value.code);
  const told = Object.entries(value).filter(([inner, content]) => tells(inner) && content !== null);
  return told.map(([inner, content]) => `${fieldInWords(inner)} ${inWords(kind, inner, content)}`).join(', ');
}

function listInWords(kind: string, field: string, values: unknown[]): string {
  if (values.length === 0) return texts.clients.nothing;
  return areIds(values) ? String(values.length) : values.map((value) => inWords(kind, field, value)).join(', ');
}

function textInWords(kind: string, field: string, value: string): string {
  if (ofOurChoice.test(field)) return value.replaceAll('_', ' ').toLowerCase();
  if (!/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) return value;
  // A client leaves on a day, which is the same wherever one is.
  return kind.startsWith('client.offboarding') ? calendarDay(value) : exactly(value);
}

function areIds(values: unknown): values is string[] {
  return (
    Array.isArray(values) &&
    values.length > 0 &&
    values.every((value) => typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value))
  );
}
