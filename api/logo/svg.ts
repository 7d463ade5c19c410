/** What a drawing needs none of: each with what it is called when it is refused. */
const unsafeInSvg: [RegExp, string][] = [
  [/<!doctype[^>]*\[|<!entity|<\?xml-stylesheet/i, 'an entity, or a style sheet of elsewhere'],
  [/<(?:[\w.-]+:)?script\b/i, 'script'],
  [/<(?:[\w.-]+:)?(?:foreignobject|iframe|embed|object|audio|video|animate\w*|set|handler|listener)\b/i, 'content other than a drawing'],
  [/[\s"'/]on[a-z]+\s*=/i, 'an event handler'],
  // References lead to parts of the drawing itself, or hold a picture.
  [/(?:href|src)\s*=(?!\s*["']\s*(?:#|data:image\/(?:png|jpeg|webp);))/i, 'a reference to elsewhere'],
  [/url\s*\((?!\s*["']?\s*#)|@import/i, 'a reference to elsewhere'],
];

/** Is this the beginning of an SVG: a declaration, comments, then `<svg`? */
export function looksLikeSvg(bytes: Buffer): boolean {
  return /^\uFEFF?\s*(?:<\?xml[^>]*\?>\s*)?(?:<!(?:--[\s\S]*?--|doctype[^>]*)>\s*)*<(?:svg:)?svg[\s>]/i.test(bytes.toString('utf8', 0, 64 * 1024));
}

/** What an SVG carries that no drawing needs, or undefined for a drawing. */
export function unsafePartOf(svg: Buffer): string | undefined {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(svg);
  } catch {
    return 'another encoding than UTF-8';
  }
  return unsafeInSvg.find(([pattern]) => pattern.test(text))?.[1];
}
