import { createHash } from 'node:crypto';
import sharp, { type Metadata, type SharpOptions } from 'sharp';
import { refused } from '../refused.ts';
import { looksLikeSvg, unsafePartOf } from './svg.ts';

/** A logo as it is kept and served: made anew from its pixels, so nothing else of the file is left. */
export interface RenderedLogo {
  /** SHA-256 of `png`. */
  hash: Buffer;
  png: Buffer;
  /** Pixels. */
  width: number;
  height: number;
}

/** Sides of the picture that comes in, in pixels. */
const leastSide = 16;
const mostSide = 4_096;
/** The box that the kept picture fits into: twice what a surface shows, for screens of double density. */
const kept = { width: 800, height: 320 };
const secondsToRender = 5;

// Of all that the library can read, only what a logo comes as.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: ['VipsForeignLoadPngBuffer', 'VipsForeignLoadJpegBuffer', 'VipsForeignLoadWebpBuffer', 'VipsForeignLoadSvgBuffer'] });
sharp.cache(false);
sharp.concurrency(1);

/** Makes a logo of an image file, whatever it was said to be. Refuses with `LOGO_UNSAFE`. */
export async function renderLogo(file: Buffer): Promise<RenderedLogo> {
  const svg = looksLikeSvg(file);
  const unsafe = svg ? unsafePartOf(file) : undefined;
  if (unsafe) throw refused('LOGO_UNSAFE', { detail: `The logo is an SVG with ${unsafe}.` });
  const size = await measure(file);
  // What the library takes for an SVG must have been looked at as one.
  if ((size.format === 'svg') !== svg) throw unreadable();
  if (size.width > mostSide || size.height > mostSide) throw refused('LOGO_UNSAFE', { detail: `The logo is larger than ${mostSide} pixels on a side.` });
  // A drawing has no pixels of its own: it is drawn at the size it is kept in.
  const scale = Math.min(kept.width / size.width, kept.height / size.height);
  if (!svg && Math.min(size.width, size.height) < leastSide)
    throw refused('LOGO_UNSAFE', { detail: `The logo is smaller than ${leastSide} pixels on a side.` });
  const density = Math.min(Math.max(72 * scale, 1), 100_000);
  try {
    const { data, info } = await read(file, svg ? { density } : {})
      .autoOrient()
      .resize({ ...kept, fit: 'inside', withoutEnlargement: !svg })
      .timeout({ seconds: secondsToRender })
      .png({ compressionLevel: 9 })
      .toBuffer({ resolveWithObject: true });
    return { hash: createHash('sha256').update(data).digest(), png: data, width: info.width, height: info.height };
  } catch {
    throw unreadable();
  }
}

/** Reads the header alone. */
async function measure(file: Buffer): Promise<Metadata> {
  try {
    return await sharp(file, { limitInputPixels: false }).metadata();
  } catch {
    throw unreadable();
  }
}

/** Bounded in pixels, so that a small file cannot become a huge picture. */
function read(file: Buffer, options: SharpOptions) {
  return sharp(file, { ...options, limitInputPixels: mostSide * mostSide, failOn: 'error', pages: 1 });
}

function unreadable() {
  return refused('LOGO_UNSAFE', { detail: 'The logo is not a whole PNG, JPEG, WebP or plain SVG image.' });
}
