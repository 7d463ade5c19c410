import type { EventFields } from '../../domain/event.ts';
import type { May } from '../../domain/permission.ts';

/** What of a client is shown only to whoever may be shown how to reach it and what is said about it: as fields of answers, and of events. */
const guardedFields: readonly string[] = ['contactEmail', 'externalReference', 'notes', 'contact_email', 'external_reference'];

/** The record for this reader: what is not for them is null, as it is where there is none. */
export function shownTo<T extends object>(may: May, record: T): { [Field in keyof T]: T[Field] } {
  if (may('clients.contact')) return record;
  const entries = Object.entries(record).map(([field, value]) => [field, guardedFields.includes(field) ? null : value]);
  // Every guarded field may be null where it stands.
  return Object.fromEntries(entries) as T;
}

/** The fields of an event for this reader: what is not for them is left out, for a null would say that something changed. */
export function fieldsShownTo(may: May, fields: EventFields | null): EventFields | null {
  if (fields === null || may('clients.contact')) return fields;
  return Object.fromEntries(Object.entries(fields).filter(([field]) => !guardedFields.includes(field)));
}
