/** Where a client's portal is, by its token: the page, or the logo on it. */
export function portalPath(token: string, part?: 'logo'): string {
  return part ? `/client-portal/${token}/${part}` : `/client-portal/${token}`;
}

/** Where a shared report is, by its token: the page, another form of it, or the logo on it. */
export function reportPath(token: string, part?: 'print' | 'report.pdf' | 'logo'): string {
  return part ? `/r/${token}/${part}` : `/r/${token}`;
}

/** Does the path lead to what clients are shown? */
export function isSurface(path: string): boolean {
  return path.startsWith('/r/') || path.startsWith('/client-portal/');
}

/**
 * The path as it may be logged: whoever has a token has what it opens. One that is mistyped (a slash too many, a capital) holds it as well, so whatever is as long
 * as a token goes, wherever it stands.
 */
export function withoutToken(path: string): string {
  return path.replace(/^\/(r|client-portal)\/[^/]+/, '/$1/{token}').replaceAll(/[\w-]{43,}/g, '{token}');
}
