import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allows, keyMay, memberMay, type Permission, permissions, roleMay, roles, type Scope, scopes } from '../../domain/permission.ts';

const others = scopes.filter((scope) => scope !== 'admin');

test('no scope allows nothing', () => {
  for (const scope of scopes) expect(allows([], scope)).toBe(false);
});

describe.each(scopes)('%s', (granted) => {
  const meant: Scope[] = granted === 'admin' ? [...scopes] : granted === 'clients:read' ? ['clients:read'] : [granted, 'clients:read'];
  test('allows itself, reading, and nothing beyond its kind', () => {
    expect(scopes.filter((needed) => allows([granted], needed)).sort()).toEqual(meant.sort());
  });
});

test('only admin allows admin', () => {
  expect(allows(others, 'admin')).toBe(false);
});

test('more scopes never allow less', () => {
  fc.assert(
    fc.property(fc.subarray([...scopes]), fc.subarray([...scopes]), fc.constantFrom(...scopes), (some, more, needed) => {
      if (allows(some, needed)) expect(allows([...some, ...more], needed)).toBe(true);
    }),
  );
});

const named = Object.keys(permissions) as Permission[];

test('an owner may do everything, whoever is less may do no more than who is more', () => {
  for (const permission of named) {
    expect(roleMay('owner', permission)).toBe(true);
    if (roleMay('viewer', permission)) expect(roleMay('admin', permission)).toBe(true);
  }
});

test('a viewer only reads', () => {
  expect(named.filter((permission) => roleMay('viewer', permission))).toEqual(['clients.read', 'account.read', 'people.read']);
});

test('what is for owners alone, no key can do', () => {
  for (const permission of named) if (!roleMay('admin', permission)) expect(keyMay(scopes, permission)).toBe(false);
});

test('a member who is restricted to some clients may do nothing that reaches beyond them', () => {
  const restricted = named.filter((permission) => memberMay({ role: 'admin', clientIds: [] }, permission));
  expect(restricted).toEqual([
    'clients.read',
    'clients.contact',
    'clients.write',
    'projects.write',
    'delivery.write',
    'sharing.write',
    'history.read',
    'account.read',
  ]);
});

test('a restriction never allows more, and its absence changes nothing', () => {
  for (const permission of named) {
    for (const role of roles) {
      expect(memberMay({ role, clientIds: null }, permission)).toBe(roleMay(role, permission));
      if (memberMay({ role, clientIds: ['one'] }, permission)) expect(roleMay(role, permission)).toBe(true);
    }
  }
});
