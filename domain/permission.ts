/** What an API key can be given. `admin` includes every other scope. */
export const scopes = ['clients:read', 'clients:write', 'projects:write', 'delivery:write', 'sharing:write', 'admin'] as const;
export type Scope = (typeof scopes)[number];

/** What a person can be in an account. */
export const roles = ['owner', 'admin', 'viewer'] as const;
export type Role = (typeof roles)[number];

interface PermissionRule {
  /** The people it is given to. */
  roles: readonly Role[];
  /** What a key needs for it; null where no key can have it. */
  scope: Scope | null;
  /** May a member who is restricted to some clients have it? It then reaches these clients alone. */
  restricted: boolean;
}

const everyone = roles;
const managers = ['owner', 'admin'] as const;
const owners = ['owner'] as const;

/** Who may do what in an account: the one table that every operation asks. */
export const permissions = {
  'clients.read': { roles: everyone, scope: 'clients:read', restricted: true },
  /** To be shown contact e-mail, notes and external reference. */
  'clients.contact': { roles: managers, scope: 'clients:read', restricted: true },
  'clients.create': { roles: managers, scope: 'clients:write', restricted: false },
  'clients.import': { roles: managers, scope: 'clients:write', restricted: false },
  'clients.write': { roles: managers, scope: 'clients:write', restricted: true },
  'clients.erase': { roles: owners, scope: null, restricted: false },
  'projects.write': { roles: managers, scope: 'projects:write', restricted: true },
  'delivery.write': { roles: managers, scope: 'delivery:write', restricted: true },
  'sharing.write': { roles: managers, scope: 'sharing:write', restricted: true },
  'brand.write': { roles: managers, scope: 'admin', restricted: false },
  'crm.manage': { roles: managers, scope: 'admin', restricted: false },
  /** To be shown the way to the account's workflows in the Temporal UI. */
  'workflows.inspect': { roles: managers, scope: null, restricted: false },
  'history.read': { roles: managers, scope: 'admin', restricted: true },
  'account.read': { roles: everyone, scope: 'clients:read', restricted: true },
  'account.write': { roles: managers, scope: 'admin', restricted: false },
  'people.read': { roles: everyone, scope: 'admin', restricted: false },
  'people.manage': { roles: managers, scope: 'admin', restricted: false },
  'keys.manage': { roles: managers, scope: 'admin', restricted: false },
  'ownership.transfer': { roles: owners, scope: null, restricted: false },
} as const satisfies Record<string, PermissionRule>;
export type Permission = keyof typeof permissions;

/** A scope that writes also reads what it writes to, and `admin` grants all. */
const impliedScopes: Record<Scope, readonly Scope[]> = {
  'clients:read': [],
  'clients:write': ['clients:read'],
  'projects:write': ['clients:read'],
  'delivery:write': ['clients:read'],
  'sharing:write': ['clients:read'],
  admin: scopes,
};

/** Do the granted scopes of a key allow what needs `needed`? */
export function allows(granted: readonly Scope[], needed: Scope): boolean {
  return granted.some((scope) => scope === needed || impliedScopes[scope].includes(needed));
}

/** What a caller may do somewhere, as a question. */
export type May = (permission: Permission) => boolean;

/** May a key with these scopes do it? */
export function keyMay(granted: readonly Scope[], permission: Permission): boolean {
  const { scope } = permissions[permission];
  return scope !== null && allows(granted, scope);
}

/** May a person of this role do it? */
export function roleMay(role: Role, permission: Permission): boolean {
  const { roles }: PermissionRule = permissions[permission];
  return roles.includes(role);
}

/** What a person is in an account. */
export interface Member {
  role: Role;
  /** The clients that a restricted member sees; null for one who sees all. */
  clientIds: readonly string[] | null;
}

/** May this member do it, within what they see? */
export function memberMay({ role, clientIds }: Member, permission: Permission): boolean {
  return roleMay(role, permission) && (clientIds === null || permissions[permission].restricted);
}
