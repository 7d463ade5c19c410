import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type DemoAccounts, demoAccounts } from '../../dev/demo-accounts.ts';
import { openHome } from '../../dev/home.ts';

test('each database of a home has a demonstration of its own, and keeps it', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'foyer-home-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const home = await openHome(directory);
  let made = 0;
  const seed = async (): Promise<DemoAccounts> => {
    made += 1;
    const account = { id: `${made}`, name: 'Northwind', ownerEmail: 'owner@northwind.example', ownerPassword: 'x', apiKey: 'x' };
    return { agency: account, otherAgency: account, direct: account };
  };
  const embedded = await demoAccounts(home, undefined, seed);
  const others = await demoAccounts(home, 'postgres://admin:secret@db.example:5433/postgres', seed);
  expect(others).not.toEqual(embedded);
  expect(await demoAccounts(home, undefined, seed)).toEqual(embedded);
  expect(await demoAccounts(home, 'postgres://admin:another@db.example:5433/postgres', seed)).toEqual(others);
});
