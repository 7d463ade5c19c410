import { linkPolicies } from './link-policies.ts';
import { tablesOfNobody, tenantTables } from './tenant-tables.ts';
import { roles, type WallSession } from './wall-session.ts';

/** Rows that are seen, never written, by whoever presents what they are looked up by. */
const presentedKey = "decode(NULLIF(current_setting('foyer.presented_key'::text, true), ''::text), 'hex'::text)";
const presentedPerson = '(person_id = ( SELECT foyer.presented_person() AS presented_person))';
const holderPolicies: Record<string, string> = {
  api_keys: `{public} using (key_hash = ${presentedKey})`,
  crm_connections: "{public} using (id = (NULLIF(current_setting('foyer.presented_connection'::text, true), ''::text))::uuid)",
  // Whoever may not read keys could not even ask by key.
  accounts: `{foyer_api} using (id = ( SELECT api_keys.agency_id FROM foyer.api_keys WHERE (api_keys.key_hash = ${presentedKey})))`,
  invitations: "{public} using (token_hash = decode(NULLIF(current_setting('foyer.presented_invitation'::text, true), ''::text), 'hex'::text))",
  memberships: `{public} using ${presentedPerson}`,
  membership_clients: `{public} using ${presentedPerson}`,
};
const memberPolicy = `(id IN ( SELECT memberships.agency_id FROM foyer.memberships WHERE ${presentedPerson.replace('person_id', 'memberships.person_id')}))`;

/** What the catalog says is missing of the walls: row-level security, forced, by exactly the policies that are meant; and no way around them. */
export async function standingWalls(session: WallSession): Promise<string[]> {
  return [...(await tableWalls(session)), ...(await otherRelations(session)), ...(await roleWalls(session)), ...(await functionWalls(session))];
}

async function tableWalls(session: WallSession): Promise<string[]> {
  const violations: string[] = [];
  const flags = await session.query(`select relname as name, relrowsecurity, relforcerowsecurity from pg_class where relnamespace = 'foyer'::regnamespace`);
  const policies = await session.query(
    `select tablename as name, policyname, permissive, cmd, roles::text, qual, with_check
       from pg_policies where schemaname = 'foyer' and policyname <> 'sight' order by policyname`,
  );
  for (const { name, tenant, columns } of await tenantTables(session)) {
    const ofTable = (row: Record<string, unknown>) => row['name'] === name;
    if (!columns.includes(tenant)) violations.push(`${name} has no ${tenant}`);
    const flag = flags.find(ofTable);
    if (!flag?.['relrowsecurity']) violations.push(`${name} has no row-level security`);
    if (!flag?.['relforcerowsecurity']) violations.push(`${name} does not force row-level security on its owner`);

    const own = `(${tenant} = ( SELECT foyer.current_agency() AS current_agency))`;
    const expected = [`tenant: PERMISSIVE ALL {public} using ${own} check ${own}`];
    if (name === 'accounts') expected.unshift(`member: PERMISSIVE SELECT {foyer_api} using ${memberPolicy} check -`);
    if (linkPolicies[name]) expected.unshift(`link: PERMISSIVE SELECT {foyer_api} using ${linkPolicies[name]} check -`);
    if (name === 'clients') expected.unshift('erased: RESTRICTIVE SELECT {foyer_api} using (erased_at IS NULL) check -');
    if (name === 'idempotency_keys') expected.push('unanswered: RESTRICTIVE UPDATE {foyer_api} using (answer IS NULL) check true');
    if (name === 'event_details') expected.unshift('of_people: RESTRICTIVE DELETE {foyer_api} using (client_id IS NULL) check -');
    if (holderPolicies[name]) expected.unshift(`holder: PERMISSIVE SELECT ${holderPolicies[name]} check -`);
    const found = policies
      .filter(ofTable)
      .map(({ policyname, permissive, cmd, roles: to, qual, with_check }) =>
        `${policyname}: ${permissive} ${cmd} ${to} using ${qual} check ${with_check ?? '-'}`.replace(/\s+/g, ' '),
      );
    if (found.join('\n') !== expected.join('\n')) violations.push(`${name} has the policies [${found.join('; ')}] instead of [${expected.join('; ')}]`);
  }
  return violations;
}

/** A view shows what its owner sees, and nothing else is walled at all. */
async function otherRelations(session: WallSession): Promise<string[]> {
  const rows = await session.query(
    `select relname from pg_class where relnamespace = 'foyer'::regnamespace and relkind not in ('r', 'p', 'i', 'I', 't', 'c') and not relname = any ($1)`,
    [tablesOfNobody],
  );
  return rows.map(({ relname }) => `${relname} is neither a table nor an index`);
}

async function roleWalls(session: WallSession): Promise<string[]> {
  const unsafe = await session.query(
    `select rolname from pg_roles where rolname = any ($1) and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)`,
    [roles],
  );
  const memberships = await session.query(
    `select m.rolname as member, g.rolname as of from pg_auth_members join pg_roles m on m.oid = member join pg_roles g on g.oid = roleid where m.rolname = any ($1)`,
    [roles],
  );
  const owned = await session.query(
    `select relname from pg_class where relnamespace = 'foyer'::regnamespace and relkind in ('r', 'p') and relowner <> 'foyer_owner'::regrole`,
  );
  return [
    ...unsafe.map(({ rolname }) => `${rolname} can walk through the walls`),
    ...memberships.map(({ member, of }) => `${member} is a member of ${of}`),
    ...owned.map(({ relname }) => `${relname} does not belong to foyer_owner`),
  ];
}

/** A function with its owner's rights could do what its caller may not: those that seal events and stamp lists may, and only as triggers that look nowhere else. */
async function functionWalls(session: WallSession): Promise<string[]> {
  const rows = await session.query(
    `select proname from pg_proc where pronamespace = 'foyer'::regnamespace and prosecdef
      and (proname in ('seal_event', 'stamp_client_list') and prorettype = 'trigger'::regtype and proconfig = '{search_path=pg_catalog}') is not true`,
  );
  const [seal] = await session.query(
    `select from pg_trigger where tgrelid = 'foyer.events'::regclass and tgname = 'events_seal' and tgfoid = 'foyer.seal_event'::regproc
      and tgenabled = 'O' and tgdeferrable and tginitdeferred and tgtype = 5 and tgqual is null`,
  );
  return [...rows.map(({ proname }) => `${proname} runs with the rights of its owner`), ...(seal ? [] : ['events are not sealed as they are committed'])];
}
