/** What an API key can be given. `admin` includes every other scope. */
export const scopes = ['clients:read', 'clients:write', 'projects:write', 'delivery:write', 'sharing:write', 'admin'] as const;
export type Scope = (typeof scopes)[number];

/** A scope that writes also reads what it writes to, and `admin` grants all. */
const impliedScopes: Record<Scope, readonly Scope[]> = {
  'clients:read': [],
  'clients:write': ['clients:read'],
  'projects:write': ['clients:read'],
  'delivery:write': ['clients:read'],
  'sharing:write': ['clients:read'],
  admin: scopes,
};

/** Do the granted scopes allow what needs `needed`? */
export function allows(granted: readonly Scope[], needed: Scope): boolean {
  return granted.some((scope) => scope === needed || impliedScopes[scope].includes(needed));
}
