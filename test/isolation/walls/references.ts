import { tenantTables } from './tenant-tables.ts';
import type { TwoAgencies } from './two-agencies.ts';
import type { WallSession } from './wall-session.ts';

/**
 * The history outlives what it tells of, so its references are free; a person belongs to no tenant, so a membership's is; a delivery and a row of
 * an import name an onboarding that no worker may have come to yet.
 */
const free = ['events', 'event_details', 'memberships', 'crm_deliveries.onboarding_id', 'import_rows.onboarding_id'];
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
    .filter((key) => !carriesAgency(key))
    .map(({ child, columns, parent }) => `${child} (${columns}) refers to ${parent} without the agency`);

  for (const { name, columns } of await tenantTables(session)) {
    if (free.includes(name)) continue;
    for (const column of columns.filter((each) => referring.includes(each))) {
      if (free.includes(`${name}.${column}`)) continue;
      if (!keys.some((key) => key.child === name && key.columns.includes(column))) violations.push(`${name}.${column} is held to nothing`);
    }
  }
  for (const key of keys) {
    if (key.columns.length > 1 && !(await isHeld(session, agencies, key)))
      violations.push(`${key.child} (${key.columns}) takes another agency's row of ${key.parent}`);
  }
  return violations;
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

/** Tries it as superuser, whom no policy stops: only the reference itself can. */
async function isHeld(session: WallSession, { own, other }: TwoAgencies, { child, parent, columns, parentColumns }: ForeignKey): Promise<boolean> {
  const index = columns.findIndex((column) => column !== 'agency_id');
  const [column, parentColumn] = [columns[index], parentColumns[index]];
  return session.undone(async () => {
    try {
      await session.query(
        `update foyer.${child} set ${column} = (select ${parentColumn} from foyer.${parent} where agency_id = $1 limit 1) where agency_id = $2`,
        [other.id, own.id],
      );
      return false;
    } catch (error) {
      return error instanceof Error && 'code' in error && error.code === foreignKeyViolation;
    }
  });
}
