import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** What holds no tenant's rows, and what is looked up by what somebody presents before the tenant is known: there the wall alone decides. */
const free = ['auth.people', 'auth.sessions', 'docs_feedback', 'kysely_migration'];
const presented = ['crm-connection', 'presented-invitation', 'shown-logo'];

const directory = new URL('sql/', import.meta.url);
/** Every statement of `db/read`, in every form it takes: `read-queries.test.ts` holds these files to the code. */
const statements = readdirSync(directory).flatMap((file) =>
  readFileSync(new URL(file, directory), 'utf8')
    .split(/^-- /m)
    .slice(1)
    .map((form): [string, string] => [`${file.replace('.sql', '')}, ${form.slice(0, form.indexOf('\n'))}`, form.slice(form.indexOf('\n'))]),
);

/** A table as a statement names it, with what says whose its rows are. */
interface NamedTable {
  table: string;
  predicates: RegExp;
}

function tablesIn(sql: string): NamedTable[] {
  const named = [...sql.matchAll(/\b(?:from|join) "([a-z_]+)"(?:\."([a-z_]+)")?(?: as "([a-z_]+)")?/g)];
  return named.map(([, first = '', second, alias]) => {
    const column = first === 'accounts' ? 'id' : 'agency_id';
    const qualified = `"${alias ?? second ?? first}"."${column}"`;
    // Without an alias the column may stand alone.
    const owner = alias === undefined ? `(?:${qualified}|(?<!\\.)"${column}")` : qualified;
    return {
      table: second ? `${first}.${second}` : first,
      predicates: new RegExp(`${owner} = (?:\\$\\d+|"[a-z_]+"\\."[a-z_]+")|"[a-z_]+"\\."[a-z_]+" = ${qualified}`, 'g'),
    };
  });
}

/** Tables whose rows the statement does not say to be of the tenant: the wall would be all that is left. */
function unbound(sql: string): string[] {
  return tablesIn(sql)
    .filter(({ table, predicates }) => !free.includes(table) && !sql.match(predicates))
    .map(({ table }) => table);
}

const ofTenants = statements.filter(([name]) => !presented.some((file) => name.startsWith(`${file},`)));

test.each(ofTenants)('%s: every table is bound to the tenant', (_, sql) => {
  expect(unbound(sql)).toEqual([]);
});

test.each(ofTenants.filter(([, sql]) => tablesIn(sql).some(({ table }) => !free.includes(table))))('%s: a predicate that is taken away is missed', (_, sql) => {
  for (const { table, predicates } of tablesIn(sql).filter((each) => !free.includes(each.table)))
    expect(unbound(sql.replaceAll(predicates, 'true'))).toContain(table);
});
