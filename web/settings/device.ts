/** Which browser says it is which; the first that is found, for most of them also name the others. */
const browsers = [
  ['Edge', /\bEdg(e|A|iOS)?\//],
  ['Opera', /\bOPR\//],
  ['Firefox', /\b(Firefox|FxiOS)\//],
  ['Chrome', /\b(Chrome|HeadlessChrome|CriOS)\//],
  ['Safari', /\bSafari\//],
] as const;

const systems = [
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Android', /\bAndroid\b/],
  ['Windows', /\bWindows\b/],
  ['macOS', /\bMac OS X\b/],
  ['Linux', /\bLinux\b/],
] as const;

/** What somebody signed in with, as far as it says: `Firefox, Linux`; the first word of what is no browser; undefined for what says nothing. */
export function deviceOf(userAgent: string | null): string | undefined {
  if (!userAgent) return undefined;
  const named = [browsers, systems].flatMap((table) => table.find(([, sign]) => sign.test(userAgent))?.[0] ?? []);
  return named.length > 0 ? named.join(', ') : userAgent.split(/[\s/]/, 1)[0];
}
