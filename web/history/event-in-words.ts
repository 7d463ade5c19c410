import type { HistoryEvent } from '../data/history.ts';
import { texts } from '../texts/texts.ts';
import { day } from '../time/day.ts';

/** `client.offboarding_scheduled` as people read it: `Client offboarding scheduled`. */
export function eventInWords(kind: string): string {
  const words = kind.replace('api_key', 'API key').replace('crm_', 'CRM ').replaceAll(/[._]/g, ' ');
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

/** What an event changed, field by field: `name: Acme → Acme GmbH`. */
export function changeInWords({ before, after, erased }: Pick<HistoryEvent, 'before' | 'after' | 'erased'>): string {
  if (erased) return texts.history.erased;
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  const changed = fields.filter((field) => tells(field) && JSON.stringify(before?.[field] ?? null) !== JSON.stringify(after?.[field] ?? null));
  return changed.map((field) => `${fieldInWords(field)}: ${from(before, field)}${inWords(after?.[field])}`).join(', ');
}

/** Not what is for machines alone. */
function tells(field: string): boolean {
  return !/(_id|Id|_hash)$|^(id|at)$/.test(field);
}

function from(before: HistoryEvent['before'], field: string): string {
  return before && field in before ? `${inWords(before[field])} → ` : '';
}

/** `billingEmail` as people read it: `billing email`; of `clientIds` they are told how many: `clients`. */
function fieldInWords(field: string): string {
  return field
    .replace(/Ids$/, 's')
    .replaceAll('_', ' ')
    .replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function inWords(value: unknown): string {
  if (value === null || value === undefined) return texts.clients.nothing;
  if (typeof value === 'boolean') return value ? texts.history.yes : texts.history.no;
  if (typeof value === 'string') return textInWords(value);
  if (Array.isArray(value)) return value.every(isId) ? String(value.length) : value.map(inWords).join(', ');
  if (typeof value !== 'object') return String(value);
  if ('code' in value) return inWords(value.code);
  const fields = Object.entries(value).filter(([field, told]) => tells(field) && told !== null);
  return fields.map(([field, told]) => `${fieldInWords(field)} ${inWords(told)}`).join(', ');
}

function textInWords(value: string): string {
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) return day(value);
  // A code or a state; what somebody has typed has no such form.
  return /^[A-Z]+(_[A-Z]+)+$|^[a-z]+(_[a-z]+)+$/.test(value) ? value.replaceAll('_', ' ').toLowerCase() : value;
}

function isId(value: unknown): boolean {
  return typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);
}
