import { refused } from '../refused.ts';
import { drawApart } from './draw-apart.ts';
import { drawLogo, type RenderedLogo } from './draw-logo.ts';
import { looksLikeSvg, unsafePartOf } from './svg.ts';

/** Makes a logo of an image file, whatever it was said to be. Refuses with `LOGO_UNSAFE`. */
export async function renderLogo(file: Buffer): Promise<RenderedLogo> {
  const svg = looksLikeSvg(file);
  const unsafe = svg ? unsafePartOf(file) : undefined;
  if (unsafe) throw refused('LOGO_UNSAFE', { detail: `The logo is an SVG with ${unsafe}.` });
  const drawn = svg ? await drawApart(file) : await drawLogo(file, false);
  if ('because' in drawn) throw refused('LOGO_UNSAFE', { detail: drawn.because });
  return drawn;
}
