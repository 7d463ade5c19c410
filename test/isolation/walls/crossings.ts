import { randomUUID } from 'node:crypto';
import { type TenantTable, tenantTables } from './tenant-tables.ts';
import type { FurnishedAgency, TwoAgencies } from './two-agencies.ts';
import { type Attempt, type Claims, literal, type Outcome, type Role, roles, type WallSession } from './wall-session.ts';

const insufficientPrivilege = '42501';

/** Where a role of one agency gets at rows of another one, or at any with no agency set; all tables, or one. */
export async function crossings(session: WallSession, agencies: TwoAgencies, only?: string): Promise<string[]> {
  const tables = (await tenantTables(session)).filter(({ name }) => only === undefined || name === only);
  const violations: string[] = [];
  for (const table of tables) violations.push(...(await crossingsOf(session, agencies, table)));
  return violations;
}

async function crossingsOf(session: WallSession, agencies: TwoAgencies, table: TenantTable): Promise<string[]> {
  const { name, tenant } = table;
  const [row] = await session.query(`select to_json(t)::text as json from foyer.${name} t where ${tenant} = $1 limit 1`, [agencies.other.id]);
  if (!row) return [`${name} has no row to try it with`];
  const reaches = await reachOf(session, table);
  const crossings = reaches.flatMap((reach) => [
    ...inside(agencies, table, reach, String(row['json'])),
    ...outside(agencies, table, reach, String(row['json'])),
  ]);
  const tried = await session.attempt(crossings);
  return tried.filter((crossing) => crossing.violated(crossing)).map(({ what, role }) => `${role} ${what} in ${name}`);
}

/** An attempt to get at what is not one's own, and when it has succeeded. */
interface Crossing extends Attempt {
  role: Role;
  what: string;
  violated: (outcome: Outcome) => boolean;
}

/** What a role may do with a table, walls aside. */
interface Reach {
  role: Role;
  mayRead: boolean;
  /** A column that the role may update, so that an update is stopped by the wall rather than for want of the grant. */
  writable: string;
}

function inside({ own, other }: TwoAgencies, table: TenantTable, { role, mayRead, writable }: Reach, foreignRow: string): Crossing[] {
  const { name, tenant } = table;
  const [theirs, ours] = [literal(other.id), literal(own.id)];
  const crossing = (what: string, violated: Crossing['violated'], statement: string) => ({ what, role, claims: { agency: own.id }, statement, violated });
  return [
    // Guards the checks themselves: where nothing is seen at all, seeing nothing of others proves nothing.
    crossing('sees nothing of its own', ({ count }) => mayRead && count === 0, `select from foyer.${name}`),
    crossing("sees another agency's rows", gotThrough, `select from foyer.${name} where ${tenant} = ${theirs}`),
    crossing("inserts another agency's row", isTaken, insertion(table, foreignRow)),
    crossing("updates another agency's rows", gotThrough, `update foyer.${name} set ${writable} = ${writable} where ${tenant} = ${theirs}`),
    crossing("deletes another agency's rows", gotThrough, `delete from foyer.${name} where ${tenant} = ${theirs}`),
    crossing('gives its rows to another agency', isTaken, `update foyer.${name} set ${tenant} = ${theirs} where ${tenant} = ${ours}`),
  ];
}

function outside({ other }: TwoAgencies, table: TenantTable, { role, writable }: Reach, foreignRow: string): Crossing[] {
  const { name } = table;
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
  return outsides.flatMap(([who, claims]) => [
    { what: `${who} sees rows`, role, claims, statement: `select from foyer.${name}`, violated: ({ count }) => count > rowsToBeSeen(name, claims, other) },
    { what: `${who} inserts rows`, role, claims, statement: insertion(table, foreignRow), violated: isTaken },
    { what: `${who} updates rows`, role, claims, statement: `update foyer.${name} set ${writable} = ${writable}`, violated: gotThrough },
    { what: `${who} deletes rows`, role, claims, statement: `delete from foyer.${name}`, violated: gotThrough },
  ]);
}

function insertion({ name, columns }: TenantTable, row: string): string {
  return `insert into foyer.${name} (${columns.join(', ')}) select ${columns.join(', ')} from json_populate_record(null::foyer.${name}, ${literal(row)})`;
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

const isTaken = ({ refused }: Outcome) => refused !== insufficientPrivilege;
/** Anything but a refusal or nothing found: another error is a wall that was not there in time. */
const gotThrough = (outcome: Outcome) => isTaken(outcome) && (outcome.refused !== null || outcome.count > 0);

async function reachOf(session: WallSession, { name, tenant, columns }: TenantTable): Promise<Reach[]> {
  const rows = await session.query(
    `select role, has_table_privilege(role, $2, 'select') as may_read,
       (select c from unnest($3::text[]) c where has_column_privilege(role, $2, c, 'update') limit 1) as writable
     from unnest($1::text[]) role`,
    [roles, `foyer.${name}`, columns],
  );
  return roles.map((role) => {
    const found = rows.find((row) => row['role'] === role);
    return { role, mayRead: found?.['may_read'] === true, writable: String(found?.['writable'] ?? tenant) };
  });
}
