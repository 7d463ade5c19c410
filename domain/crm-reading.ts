/** What a CRM tells of a client, and where in the `data` of its events it stands unless a connection maps it elsewhere. */
export const standardMapping = {
  externalReference: '/externalReference',
  name: '/name',
  contactEmail: '/contactEmail',
  notes: '/notes',
  domain: '/domain',
} as const;

export type CrmField = keyof typeof standardMapping;

/** JSON pointers (RFC 6901) into `data`; null for what is not taken. */
export type CrmMapping = Record<CrmField, string | null>;

/** What an event does: a won deal onboards its client or brings it up to date, the other kind only brings it up to date. */
export type CrmAct = 'onboard' | 'update';

/** Types of events as the CRM calls them, by what they do. All others are answered and ignored. */
export type CrmTrigger = Record<CrmAct, string[]>;

export const standardTrigger: CrmTrigger = { onboard: ['deal.won'], update: ['client.updated'] };

/** How a connection reads the events that come in by it. */
export interface CrmReading {
  trigger: CrmTrigger;
  mapping: CrmMapping;
}

type Given<Fields> = { [Field in keyof Fields]?: Fields[Field] | undefined };

/** How a connection reads that was asked for like this; null or left out is as by default. */
export function crmReading({ mapping, trigger }: { mapping?: Given<CrmMapping> | null | undefined; trigger?: CrmTrigger | null | undefined }): CrmReading {
  const given = Object.entries(mapping ?? {}).filter(([, value]) => value !== undefined);
  return { mapping: { ...standardMapping, ...Object.fromEntries(given) }, trigger: trigger ?? standardTrigger };
}

/** What an event of this type does by a connection; undefined where it does nothing. */
export function actOf(type: string, { onboard, update }: CrmTrigger): CrmAct | undefined {
  if (onboard.includes(type)) return 'onboard';
  return update.includes(type) ? 'update' : undefined;
}

/**
 * The `data` of an event under the names that Foyer has for it; what is no object stays as it is, for whoever validates. CRMs count with numbers what
 * is text here: where a connection maps, a number is taken as its text.
 */
export function dataAsMapped(data: unknown, mapping: CrmMapping): unknown {
  if (typeof data !== 'object' || data === null) return data;
  const found = fieldsOf(mapping).map(([field, path]) => {
    const value = path === null ? undefined : valueAt(data, segmentsOf(path));
    return [field, typeof value === 'number' && path !== standardMapping[field] ? String(value) : value] as const;
  });
  return Object.fromEntries(found.filter(([, value]) => value !== undefined));
}

/** Where the sender has what an error below `data` is about. */
export function pathAsSent(path: readonly PropertyKey[], mapping: CrmMapping): PropertyKey[] {
  const [root, named, ...rest] = path;
  const field = fieldsOf(mapping).find(([name]) => root === 'data' && name === named);
  return field?.[1] ? ['data', ...segmentsOf(field[1]), ...rest] : [...path];
}

function fieldsOf(mapping: CrmMapping) {
  const { externalReference, name, contactEmail, notes, domain } = mapping;
  return [
    ['externalReference', externalReference],
    ['name', name],
    ['contactEmail', contactEmail],
    ['notes', notes],
    ['domain', domain],
  ] as const;
}

function segmentsOf(path: string): string[] {
  return path
    .slice(1)
    .split('/')
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Own properties alone, and elements of arrays; what leads nowhere is undefined. */
function valueAt(from: unknown, segments: readonly string[]): unknown {
  return segments.reduce<unknown>((value, segment) => {
    if (typeof value !== 'object' || value === null) return undefined;
    return Object.getOwnPropertyDescriptor(value, segment)?.value;
  }, from);
}
