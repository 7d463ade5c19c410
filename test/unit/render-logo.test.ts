import { createHash, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { crc32, deflateSync, gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { renderLogo } from '../../api/logo/render-logo.ts';
import { Refused } from '../../api/refused.ts';

const canvas = (width: number, height: number) => sharp({ create: { width, height, channels: 4, background: { r: 10, g: 107, b: 92, alpha: 1 } } });
const svg = (inside: string, attributes = 'width="120" height="40"') =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${attributes}>${inside}</svg>`);
const rect = '<rect width="100%" height="100%" fill="#0a6b5c"/>';

/** A PNG that says it is of this size, whatever it holds. */
function pngOf(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    check.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, check]);
  };
  const pixels = deflateSync(Buffer.alloc(1024 * 1024));
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]);
}

async function refusalOf(file: Buffer): Promise<string> {
  const error: unknown = await renderLogo(file).then(
    () => undefined,
    (reason) => reason,
  );
  if (!(error instanceof Refused)) throw new Error(`not refused: ${error}`);
  expect(error.refusal.code).toBe('LOGO_UNSAFE');
  return error.refusal.detail ?? '';
}

describe('a logo', () => {
  test.each(['png', 'jpeg', 'webp'] as const)('that is a %s is kept as a PNG of its size, named by its content', async (format) => {
    const { hash, png, width, height } = await renderLogo(await canvas(120, 40).toFormat(format).toBuffer());
    expect(await sharp(png).metadata()).toMatchObject({ format: 'png', width: 120, height: 40 });
    expect([width, height]).toEqual([120, 40]);
    expect(hash).toEqual(createHash('sha256').update(png).digest());
  });

  test('that is a drawing is drawn as large as logos are kept, in its proportions', async () => {
    const { png, width, height } = await renderLogo(svg(rect, 'width="12" height="4"'));
    expect([width, height]).toEqual([800, 267]);
    const [red, green, blue] = await sharp(png).extract({ left: 400, top: 130, width: 1, height: 1 }).raw().toBuffer();
    expect([red, green, blue]).toEqual([0x0a, 0x6b, 0x5c]);
  });

  test('larger than logos are kept is made smaller, never larger', async () => {
    expect(await renderLogo(await canvas(2_000, 2_000).png().toBuffer())).toMatchObject({ width: 320, height: 320 });
    expect(await renderLogo(await canvas(16, 16).png().toBuffer())).toMatchObject({ width: 16, height: 16 });
  });

  test('keeps what can be seen through', async () => {
    const { png } = await renderLogo(svg('<circle cx="20" cy="20" r="10"/>'));
    expect((await sharp(png).raw().toBuffer({ resolveWithObject: true })).info.channels).toBe(4);
  });

  test('keeps nothing of the file but its pixels: no place, no camera, no profile, nothing behind its end', async () => {
    const described = canvas(120, 40)
      .withExif({ IFD0: { Copyright: 'Secret studio' }, IFD3: { GPSLatitude: '52/1' } })
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/">secret</x:xmpmeta>');
    const file = Buffer.concat([await described.jpeg().toBuffer(), Buffer.from('<script>secret</script>')]);
    const { png } = await renderLogo(file);
    expect(await sharp(png).metadata()).not.toMatchObject({ exif: expect.anything() });
    expect(png.toString('latin1')).not.toMatch(/secret|GPS|script/i);
  });

  test('stands upright as its camera meant it', async () => {
    const turned = await canvas(120, 40).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    expect(await renderLogo(turned)).toMatchObject({ width: 40, height: 120 });
  });

  test('drawn by a common program is taken', async () => {
    const drawn = `\uFEFF<?xml version="1.0" encoding="UTF-8"?>\n<!-- Generator: a program -->\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n`;
    const inside = '<defs><linearGradient id="a"/></defs><style>.b{fill:url(#a)}</style><path class="b" d="M0 0h9v9z"/><use xlink:href="#c" href = "#d"/>';
    expect(await renderLogo(Buffer.concat([Buffer.from(drawn), svg(inside)]))).toMatchObject({ width: 800 });
  });
});

describe('a drawing is refused', () => {
  test.each([
    ['with script', '<script>alert(1)</script>'],
    ['with script in another name space', '<svg:script xmlns:svg="http://www.w3.org/2000/svg">alert(1)</svg:script>'],
    ['with script from elsewhere', '<script href="https://evil.example/x.js"/>'],
    ['with an event handler', '<rect width="9" height="9" onload="alert(1)"/>'],
    ['with an event handler on a line of its own', '<rect\nONCLICK\n=\n"alert(1)"/>'],
    ['with an event handler without a blank', '<rect width="9"onfocus="alert(1)"/>'],
    ['with HTML', '<foreignObject width="9" height="9"><body xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>'],
    ['with a frame', '<iframe src="https://evil.example"/>'],
    ['with a picture from elsewhere', '<image href="https://evil.example/x.png"/>'],
    ['with a picture of the machine', '<image xlink:href="file:///etc/passwd"/>'],
    ['with another drawing', '<image href="data:image/svg+xml;base64,PHN2Zy8+"/>'],
    ['with a reference without quotes', '<use href=//evil.example#x />'],
    ['with a reference in letters', '<image href="&#104;ttps://evil.example/x.png"/>'],
    ['with a link', '<a href="javascript:alert(1)"><rect width="9" height="9"/></a>'],
    ['with a style from elsewhere', '<style>@import "https://evil.example/x.css";</style>'],
    ['with a fill from elsewhere', '<rect width="9" height="9" fill="url(https://evil.example/#a)"/>'],
    ['that changes its links later', '<a href="#x"><animate attributeName="href" to="javascript:alert(1)"/></a>'],
  ])('%s', async (_, inside) => {
    expect(await refusalOf(svg(inside))).toMatch(/^The logo is an SVG with /);
  });

  test.each([
    ['with an entity', `<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>${svg('<text>&x;</text>')}`],
    ['with entities of entities', `<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>${svg('<text>&b;</text>')}`],
    ['with a style sheet of elsewhere', `<?xml-stylesheet href="https://evil.example/x.css"?>${svg(rect)}`],
  ])('%s', async (_, file) => {
    expect(await refusalOf(Buffer.from(file))).toMatch(/SVG|not a whole/);
  });

  test('in an encoding that hides what it holds', async () => {
    const hidden = Buffer.from(`\uFEFF${svg('<script>alert(1)</script>')}`, 'utf16le');
    expect(await refusalOf(hidden)).toContain('not a whole');
    expect(await refusalOf(Buffer.concat([svg(rect), Buffer.from([0xff])]))).toContain('another encoding');
  });

  test('compressed', async () => {
    expect(await refusalOf(gzipSync(svg(rect)))).toContain('not a whole');
  });
});

describe('a file is refused', () => {
  test.each<[string, Buffer]>([
    ['that is empty', Buffer.alloc(0)],
    ['that is text', Buffer.from('logo')],
    ['that is a page', Buffer.from('<!doctype html><html><body><svg></svg></body></html>')],
    ['that is a GIF', Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')],
    ['that is a PDF', Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer<<>>')],
    ['that is a PNG by its first bytes alone', Buffer.from('\x89PNG\r\n\x1a\nnothing', 'latin1')],
    ['of noise', Buffer.alloc(100_000, 0xa7)],
  ])('%s', async (_, file) => {
    expect(await refusalOf(file)).toBe('The logo is not a whole PNG, JPEG, WebP or plain SVG image.');
  });

  test.each(['tiff', 'gif', 'avif'] as const)('that is a %s', async (format) => {
    expect(await refusalOf(await canvas(120, 40).toFormat(format).toBuffer())).toContain('not a whole');
  });

  test('that was cut off', async () => {
    const whole = await sharp({ create: { width: 300, height: 300, channels: 3, noise: { type: 'gaussian', mean: 128, sigma: 30 }, background: '#000' } })
      .png()
      .toBuffer();
    expect(await refusalOf(whole.subarray(0, whole.length / 2))).toContain('not a whole');
  });

  test('that would become a huge picture, without drawing it', async () => {
    const began = performance.now();
    for (const bomb of [pngOf(60_000, 60_000), pngOf(4_097, 16), svg(rect, 'width="5000" height="50"')]) {
      expect(await refusalOf(bomb)).toContain('larger than 4096 pixels');
    }
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  test('that would be drawn for hours, in seconds, and others are drawn meanwhile', async () => {
    const tenTimes = (level: number) => `<g id="g${level}">${`<use href="#g${level - 1}"/>`.repeat(10)}</g>`;
    const drawing = `<defs><g id="g0">${rect}</g>${Array.from({ length: 9 }, (_, level) => tenTimes(level + 1)).join('')}</defs><use href="#g9"/>`;
    const hostile = Promise.all(Array.from({ length: 5 }, (_, which) => refusalOf(svg(drawing, which % 2 ? 'width="120" height="40"' : ''))));
    const ended = hostile.then(() => true);
    expect(await renderLogo(await canvas(120, 40).png().toBuffer())).toMatchObject({ width: 120 });
    expect(await promisify(scrypt)('a password', 'salt', 32)).toBeDefined();
    expect(await Promise.race([ended, false])).toBe(false);
    for (const refusal of await hostile) expect(refusal).toContain('takes too long to draw');
  });

  test('that is too small to be seen', async () => {
    expect(await refusalOf(await canvas(15, 400).png().toBuffer())).toContain('smaller than 16 pixels');
  });
});
