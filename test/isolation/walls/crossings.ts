import { randomUUID } from 'node:crypto';
import { type TenantTable, tenantTables } from './tenant-tables.ts';
import type { FurnishedAgency, TwoAgencies } from './two-agencies.ts';
import { type Attempt, type Claims, type Role, roles, type WallSession } from './wall-session.ts';

const insufficientPrivilege = '42501';

/** Where a role of one agency gets at rows of another one, or at any with no agency set; all tables, or one. */
export async function crossings(session: WallSession, agencies: TwoAgencies, only?: string): Promise<string[]> {
  const tables = (await tenantTables(session)).filter(({ name }) => only === undefined || name === only);
  const violations: string[] = [];
  for (const table of tables) {
    for (const role of roles) violations.push(...(await crossingsOf(session, { agencies, table, role })));
  }
  return violations;
}

interface Crossing {
  agencies: TwoAgencies;
  table: TenantTable;
  role: Role;
}

async function crossingsOf(session: WallSession, { agencies: { own, other }, table, role }: Crossing): Promise<string[]> {
  const { name, tenant } = table;
  const at =
    (claims: Claims) =>
    (statement: string, values: unknown[] = []) =>
      session.attempt(role, claims, statement, values);
  const inside = at({ agency: own.id });
  const writable = (await writableColumn(session, role, table)) ?? tenant;
  const [row] = await session.query(`select to_json(t)::text as json from foyer.${name} t where ${tenant} = $1 limit 1`, [other.id]);
  if (!row) return [`${name} has no row to try it with`];

  const intoTable = `insert into foyer.${name} (${table.columns.join(', ')}) select ${table.columns.join(', ')} from json_populate_record(null::foyer.${name}, $1::json)`;
  const results: [string, boolean][] = [
    ['sees nothing of its own', await seesNone(await inside(`select from foyer.${name}`), await mayRead(session, role, name))],
    ["sees another agency's rows", gotThrough(await inside(`select from foyer.${name} where ${tenant} = $1`, [other.id]))],
    ["inserts another agency's row", !isRefused(await inside(intoTable, [row.json]))],
    ["updates another agency's rows", gotThrough(await inside(`update foyer.${name} set ${writable} = ${writable} where ${tenant} = $1`, [other.id]))],
    ["deletes another agency's rows", gotThrough(await inside(`delete from foyer.${name} where ${tenant} = $1`, [other.id]))],
    ['gives its rows to another agency', !isRefused(await inside(`update foyer.${name} set ${tenant} = $1 where ${tenant} = $2`, [other.id, own.id]))],
  ];
  const outsides: [string, Claims][] = [
    ['with no agency', {}],
    ["with a key that is nobody's", { presentedKey: '00'.repeat(32) }],
    ["with another agency's key", { presentedKey: other.keyHash }],
    ["with another agency's connection", { presentedConnection: other.crmConnectionId }],
    ["as another agency's member", { presentedPerson: other.personId }],
    ["with the link of another agency's invitation", { presentedInvitation: other.invitationHash }],
    ['as nobody known', { presentedPerson: randomUUID() }],
    ["with another agency's link", { presentedToken: other.linkHash }],
    ["with a link that is nobody's", { presentedToken: '00'.repeat(32) }],
  ];
  for (const [who, claims] of outsides) {
    const outside = at(claims);
    results.push([`${who} sees rows`, (await outside(`select from foyer.${name}`)).count > rowsToBeSeen(name, claims, other)]);
    results.push([`${who} inserts rows`, !isRefused(await outside(intoTable, [row.json]))]);
    results.push([`${who} updates rows`, gotThrough(await outside(`update foyer.${name} set ${writable} = ${writable}`))]);
    results.push([`${who} deletes rows`, gotThrough(await outside(`delete from foyer.${name}`))]);
  }
  return results.filter(([, violated]) => violated).map(([what]) => `${role} ${what} in ${name}`);
}

const ofMember = ['memberships', 'membership_clients', 'accounts'];

const byLink = ['share_tokens', 'sharings', 'projects', 'verified_reports', 'accounts', 'brands', 'client_brands', 'logos'];

/**
 * A key shows itself and its account, a connection and an invitation themselves, a person their membership and its account, a link its report and
 * the brand; nothing else is seen before the agency is known.
 */
function rowsToBeSeen(table: string, claims: Claims, { keyHash, personId, linkHash }: FurnishedAgency): number {
  const { presentedKey, presentedConnection, presentedPerson, presentedInvitation, presentedToken } = claims;
  if (presentedInvitation) return table === 'invitations' ? 1 : 0;
  if (presentedToken === linkHash) return byLink.includes(table) ? 1 : 0;
  if (presentedKey === keyHash) return table === 'api_keys' || table === 'accounts' ? 1 : 0;
  if (presentedPerson === personId) return ofMember.includes(table) ? 1 : 0;
  return presentedConnection && table === 'crm_connections' ? 1 : 0;
}

const isRefused = ({ refused }: Attempt) => refused === insufficientPrivilege;
/** Anything but a refusal or nothing found: another error is a wall that was not there in time. */
const gotThrough = (attempt: Attempt) => !isRefused(attempt) && (attempt.refused !== null || attempt.count > 0);
/** Guards the checks themselves: where nothing is seen at all, seeing nothing of others proves nothing. */
const seesNone = (attempt: Attempt, mayReadIt: boolean) => mayReadIt && attempt.count === 0;

async function mayRead(session: WallSession, role: Role, table: string): Promise<boolean> {
  const [row] = await session.query(`select has_table_privilege($1, $2, 'select') as may`, [role, `foyer.${table}`]);
  return row?.may === true;
}

/** A column that the role may update, so that an update is stopped by the wall rather than for want of the grant. */
async function writableColumn(session: WallSession, role: Role, { name, columns }: TenantTable): Promise<string | undefined> {
  const [row] = await session.query(`select c as name from unnest($3::text[]) c where has_column_privilege($1, $2, c, 'update') limit 1`, [
    role,
    `foyer.${name}`,
    columns,
  ]);
  return row && String(row.name);
}
