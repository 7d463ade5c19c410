const safeMethods: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/** Does a request with this method change nothing? (RFC 9110, 9.2.1) */
export function isRead(method: string): boolean {
  return safeMethods.includes(method);
}
