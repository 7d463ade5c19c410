import type { EventFields } from '../../domain/event.ts';
import type { May, Permission } from '../../domain/permission.ts';

/** How to reach somebody, and what is said about them, is shown only to whoever has the permission: as fields of answers, and of events. */
const guardedFields: ReadonlyMap<string, Permission> = new Map([
  ['contactEmail', 'clients.contact'],
  ['externalReference', 'clients.contact'],
  ['notes', 'clients.contact'],
  ['contact_email', 'clients.contact'],
  ['external_reference', 'clients.contact'],
  // Of an account, and of an invitation to it: what its page and the list of its invitations do not show is not told by its events either.
  ['billingEmail', 'account.write'],
  ['email', 'people.manage'],
]);

function isFor(may: May, field: string): boolean {
  const permission = guardedFields.get(field);
  return permission === undefined || may(permission);
}

/** The client's record for this reader: what is not for them is null, as it is where there is none. */
export function shownTo<T extends object>(may: May, record: T): { [Field in keyof T]: T[Field] } {
  if (may('clients.contact')) return record;
  const entries = Object.entries(record).map(([field, value]) => [field, isFor(may, field) ? value : null]);
  // Every guarded field may be null where it stands.
  return Object.fromEntries(entries) as T;
}

/** The fields of an event for this reader: what is not for them is left out, for a null would say that something changed. */
export function fieldsShownTo(may: May, fields: EventFields | null): EventFields | null {
  return fields && Object.fromEntries(Object.entries(fields).filter(([field]) => isFor(may, field)));
}
