import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { until } from './until.ts';

/** Set, the pictures are made anew; look at what git says has changed. */
const renewing = Boolean(process.env['FOYER_RENEW_PICTURES']);
const directory = join(import.meta.dirname, '..', 'browser', 'pictures');
const font = createRequire(import.meta.url).resolve('@expo-google-fonts/noto-serif/400Regular/NotoSerif_400Regular.ttf');

/** Pixels of the window for one of a picture: layout is left, how letters are drawn is not. */
const scale = 4;
/** Smooths what moved by a pixel. */
const blurSigma = 1;
/** Steps of 256 by which a colour has to differ to count. */
const noticeable = 16;
/** The share of a picture that may differ: a text more or less, not a part. */
export const tolerance = 0.01;

/** Text is drawn in the font that Foyer brings for its PDFs, since every machine has others. The window needs `bypassCSP`. */
export async function drawInOneFont(page: Page): Promise<void> {
  await page.route('**/one-font.ttf', (route) => route.fulfill({ path: font }));
  await page.addStyleTag({ content: '@font-face { font-family: one; src: url(/one-font.ttf); } * { font-family: one !important; }' });
  await page.evaluate('document.fonts.load("14px one")');
}

/** What the window shows, small; once it has come to rest. */
export async function pictureOf(page: Page): Promise<Buffer> {
  let before: Buffer | undefined;
  return until('the page stands still', async () => {
    const now = await page.screenshot({ animations: 'disabled', caret: 'hide' });
    const same = before?.equals(now);
    before = now;
    return same && shrunk(now);
  });
}

async function shrunk(png: Buffer): Promise<Buffer> {
  const { width } = await sharp(png).metadata();
  return sharp(png)
    .removeAlpha()
    .resize({ width: width / scale })
    .png({ palette: true })
    .toBuffer();
}

/** How a picture differs from the one that is kept under its name, in words; nothing where it does not. All that it takes to see why is in a directory that is named. */
export async function pictureFaults(name: string, shown: Buffer): Promise<string[]> {
  const kept = join(directory, `${name}.png`);
  if (renewing) await writeFile(kept, shown);
  const expected = await readFile(kept).catch(() => undefined);
  if (!expected) return [`there is no picture ${name} yet: FOYER_RENEW_PICTURES=1 makes it`];
  const { share, difference } = await compare(expected, shown);
  if (share <= tolerance) return [];
  const place = await mkdtemp(join(tmpdir(), `foyer-picture-${name}-`));
  const files = { expected, shown, difference };
  await Promise.all(Object.entries(files).map(([file, picture]) => writeFile(join(place, `${file}.png`), picture)));
  return [`${name} differs by ${(share * 100).toFixed(1)} %, see ${place}: if it is meant to, FOYER_RENEW_PICTURES=1 makes the pictures anew`];
}

/** The share of two pictures that differs to the eye, from 0 to 1, and where; 1 where they are not of one size. */
export async function compare(one: Buffer, other: Buffer): Promise<{ share: number; difference: Buffer }> {
  const [a, b] = await Promise.all([one, other].map(pixels));
  if (!a || !b || a.info.width !== b.info.width || a.info.height !== b.info.height) return { share: 1, difference: other };
  const difference = a.data.map((value, index) => (Math.abs(value - (b.data[index] ?? 0)) > noticeable ? 255 : 0));
  const share = difference.reduce((sum, value) => sum + value, 0) / 255 / difference.length;
  return { share, difference: await sharp(difference, { raw: a.info }).png().toBuffer() };
}

function pixels(png: Buffer) {
  return sharp(png).removeAlpha().blur(blurSigma).raw().toBuffer({ resolveWithObject: true });
}
