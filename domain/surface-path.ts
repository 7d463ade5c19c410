/** Where a client's portal is, by its token. */
export function portalPath(token: string): string {
  return `/client-portal/${token}`;
}

/** Where a shared report is, by its token: the page, or another form of it. */
export function reportPath(token: string, form?: 'print' | 'report.pdf'): string {
  return form ? `/r/${token}/${form}` : `/r/${token}`;
}

/** Does the path lead to what clients are shown? */
export function isSurface(path: string): boolean {
  return path.startsWith('/r/') || path.startsWith('/client-portal/');
}

/** The path as it may be logged: whoever has a token has what it opens. */
export function withoutToken(path: string): string {
  return path.replace(/^\/(r|client-portal)\/[^/]+/, '/$1/{token}');
}
