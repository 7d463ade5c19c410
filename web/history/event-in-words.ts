import type { HistoryEvent } from '../data/history.ts';
import { texts } from '../texts/texts.ts';

/** `client.offboarding_scheduled` as people read it: `Client offboarding scheduled`. */
export function eventInWords(kind: string): string {
  const words = kind.replace('api_key', 'API key').replace('crm_', 'CRM ').replaceAll(/[._]/g, ' ');
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

/** What an event changed, field by field: `name: Acme → Acme GmbH`. */
export function changeInWords({ before, after, erased }: Pick<HistoryEvent, 'before' | 'after' | 'erased'>): string {
  if (erased) return texts.history.erased;
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  const changed = fields.filter((field) => !/(_id|Id|_hash)$|^(id|at)$/.test(field) && JSON.stringify(before?.[field]) !== JSON.stringify(after?.[field]));
  return changed.map((field) => `${field.replaceAll('_', ' ')}: ${from(before, field)}${inWords(after?.[field])}`).join(', ');
}

function from(before: HistoryEvent['before'], field: string): string {
  return before && field in before ? `${inWords(before[field])} → ` : '';
}

function inWords(value: unknown): string {
  if (value === null || value === undefined) return texts.clients.nothing;
  if (Array.isArray(value)) return value.map(inWords).join(', ');
  if (typeof value === 'object') return 'code' in value ? String(value.code) : Object.values(value).map(inWords).join(' ');
  return String(value);
}
