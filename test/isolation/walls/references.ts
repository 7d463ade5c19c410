import { tenantTables } from './tenant-tables.ts';
import type { TwoAgencies } from './two-agencies.ts';
import { literal, type WallSession } from './wall-session.ts';

/**
 * The history outlives what it tells of, so its references are free; a delivery and a row of an import name an onboarding that no worker may have
 * come to yet.
 */
const free = ['events', 'event_details', 'crm_deliveries.onboarding_id', 'import_rows.onboarding_id'];
const referring = [
  'client_id',
  'project_id',
  'onboarding_id',
  'connection_id',
  'person_id',
  'from_person_id',
  'to_person_id',
  'invitation_id',
  'logo_hash',
  'merged_into',
  'offboarding_id',
  'import_id',
  'replaced_by',
];
const foreignKeyViolation = '23503';

interface ForeignKey {
  child: string;
  parent: string;
  columns: string[];
  parentColumns: string[];
}

/** Where a row can refer to a row of another agency: references that do not carry the agency with them, or are not held to anything. */
export async function looseReferences(session: WallSession, agencies: TwoAgencies): Promise<string[]> {
  const keys = await foreignKeys(session);
  const violations = keys
    // A person belongs to no tenant.
    .filter((key) => key.parent !== 'auth.people' && !carriesAgency(key))
    .map(({ child, columns, parent }) => `${child} (${columns}) refers to ${parent} without the agency`);

  for (const { name, columns } of await tenantTables(session)) {
    if (free.includes(name)) continue;
    for (const column of columns.filter((each) => referring.includes(each))) {
      if (free.includes(`${name}.${column}`)) continue;
      if (!keys.some((key) => key.child === name && key.columns.includes(column))) violations.push(`${name}.${column} is held to nothing`);
    }
  }
  const composite = keys.filter(({ columns }) => columns.length > 1);
  const tried = await session.attempt(composite.map((key) => ({ ...key, statement: takingOthers(agencies, key) })));
  const taken = tried.filter(({ refused }) => refused !== foreignKeyViolation);
  return [...violations, ...taken.map(({ child, columns, parent }) => `${child} (${columns}) takes another agency's row of ${parent}`)];
}

async function foreignKeys(session: WallSession): Promise<ForeignKey[]> {
  const names = (oid: string, numbers: string) =>
    `(select array_agg(a.attname::text order by n.at) from unnest(${numbers}) with ordinality n (num, at) join pg_attribute a on a.attrelid = ${oid} and a.attnum = n.num)`;
  const rows = await session.query(
    `select conrelid::regclass::text as child, confrelid::regclass::text as parent, ${names('conrelid', 'conkey')} as columns, ${names('confrelid', 'confkey')} as parent_columns
       from pg_constraint where contype = 'f' and connamespace = 'foyer'::regnamespace order by conname`,
  );
  const bare = (name: unknown) => String(name).replace(/^foyer\./, '');
  return rows.map(({ child, parent, columns, parent_columns }) => ({
    child: bare(child),
    parent: bare(parent),
    columns: columns as string[],
    parentColumns: parent_columns as string[],
  }));
}

function carriesAgency({ parent, columns, parentColumns }: ForeignKey): boolean {
  const agencyOf = parent === 'accounts' ? 'id' : 'agency_id';
  return columns.some((column, index) => column === 'agency_id' && parentColumns[index] === agencyOf);
}

/** Done as superuser, whom no policy stops: only the reference itself can. */
function takingOthers({ own, other }: TwoAgencies, { child, parent, columns, parentColumns }: ForeignKey): string {
  const index = columns.findIndex((column) => column !== 'agency_id');
  const theirs = `select ${parentColumns[index]} from foyer.${parent} where agency_id = ${literal(other.id)} limit 1`;
  return `update foyer.${child} set ${columns[index]} = (${theirs}) where agency_id = ${literal(own.id)}`;
}
