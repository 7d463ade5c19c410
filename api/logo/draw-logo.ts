import { createHash } from 'node:crypto';
import sharp, { type Metadata, type SharpOptions } from 'sharp';

/** A logo as it is kept and served: made anew from its pixels, so nothing else of the file is left. */
export interface RenderedLogo {
  /** SHA-256 of `png`. */
  hash: Buffer;
  png: Buffer;
  /** Pixels. */
  width: number;
  height: number;
}

/** A file that is not to be a logo, and why, in words for whoever sent it. */
export interface NoLogo {
  because: string;
}

/** Sides of the picture that comes in, in pixels. */
const leastSide = 16;
const mostSide = 4_096;
/** The box that the kept picture fits into: twice what a surface shows, for screens of double density. */
const kept = { width: 800, height: 320 };
/** Of a picture of pixels; a drawing does not heed it. */
const secondsToRender = 5;

export const unreadable: NoLogo = { because: 'The logo is not a whole PNG, JPEG, WebP or plain SVG image.' };

// Of all that the library can read, only what a logo comes as.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: ['VipsForeignLoadPngBuffer', 'VipsForeignLoadJpegBuffer', 'VipsForeignLoadWebpBuffer', 'VipsForeignLoadSvgBuffer'] });
sharp.cache(false);
sharp.concurrency(1);

/** Makes a logo of an image file. @param svg was it looked at as an SVG, and found to be a drawing? */
export async function drawLogo(file: Buffer, svg: boolean): Promise<RenderedLogo | NoLogo> {
  const size = await measure(file);
  // What the library takes for an SVG must have been looked at as one.
  if (!size || (size.format === 'svg') !== svg) return unreadable;
  if (size.width > mostSide || size.height > mostSide) return { because: `The logo is larger than ${mostSide} pixels on a side.` };
  // A drawing has no pixels of its own: it is drawn at the size it is kept in.
  const scale = Math.min(kept.width / size.width, kept.height / size.height);
  if (!svg && Math.min(size.width, size.height) < leastSide) return { because: `The logo is smaller than ${leastSide} pixels on a side.` };
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
    return unreadable;
  }
}

/** Reads the header alone; of a drawing that does not say its size, it is found by drawing. */
async function measure(file: Buffer): Promise<Metadata | undefined> {
  try {
    return await sharp(file, { limitInputPixels: false }).metadata();
  } catch {
    return undefined;
  }
}

/** Bounded in pixels, so that a small file cannot become a huge picture. */
function read(file: Buffer, options: SharpOptions) {
  return sharp(file, { ...options, limitInputPixels: mostSide * mostSide, failOn: 'error', pages: 1 });
}
