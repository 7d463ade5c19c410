import { z } from 'zod';

/** Client surfaces are paper: an accent colour stands on this. */
export const paperColor = '#fffdfa';

/** WCAG 2.2, 1.4.3 (AA) for text of any size. */
export const leastContrast = 4.5;

/** A colour as `#rgb` or `#rrggbb`; taken in as `#rrggbb` in lower case. */
export const hexColor = z
  .string()
  .max(32)
  .transform((value) => value.trim().toLowerCase())
  .pipe(z.string().regex(/^#([0-9a-f]{3}|[0-9a-f]{6})$/, 'must be a colour such as #0a6b5c'))
  .transform((value) => (value.length === 4 ? value.replaceAll(/[0-9a-f]/g, '$&$&') : value));

/** Contrast between two `#rrggbb` colours by WCAG, from 1 to 21. */
export function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(linear(one)), luminance(linear(other))].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

/** The colour itself where it can be read on paper, else the lightest of the same hue that can. */
export function readableOnPaper(color: string): string {
  if (contrast(color, paperColor) >= leastContrast) return color;
  // Luminance is linear in linear light, so one factor on all channels darkens to exactly what is asked and keeps the hue.
  const most = (luminance(linear(paperColor)) + 0.05) / leastContrast - 0.05;
  const channels = linear(color);
  const factor = most / luminance(channels);
  return hex(channels.map((channel) => channel * factor));
}

function linear(color: string): number[] {
  return [1, 3, 5].map((at) => {
    const channel = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
}

function luminance([red = 0, green = 0, blue = 0]: number[]): number {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Rounded down: a channel rounded up could cost the contrast. */
function hex(channels: number[]): string {
  const encoded = channels.map((channel) => (channel <= 0.0031308 ? channel * 12.92 : 1.055 * channel ** (1 / 2.4) - 0.055));
  return `#${encoded
    .map((channel) =>
      Math.floor(channel * 255)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}
