import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contrast, hexColor, leastContrast, paperColor, readableOnPaper } from '../../domain/accent-color.ts';

const anyColor = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);

describe('contrast', () => {
  test.each([
    ['#000000', '#ffffff', 21],
    ['#ffffff', '#ffffff', 1],
    ['#777777', '#ffffff', 4.48],
    ['#767676', '#ffffff', 4.54],
    ['#ff0000', '#ffffff', 4],
    ['#0000ff', '#ffffff', 8.59],
  ])('of %s on %s is %d, whichever is named first', (one, other, expected) => {
    expect(contrast(one, other)).toBeCloseTo(expected, 2);
    expect(contrast(other, one)).toBe(contrast(one, other));
  });
});

describe('an accent colour', () => {
  test('that can be read on paper stays as it is; any other becomes one that can, and is as light as that allows', () => {
    fc.assert(
      fc.property(anyColor, (color) => {
        const readable = readableOnPaper(color);
        expect(contrast(readable, paperColor)).toBeGreaterThanOrEqual(leastContrast);
        if (contrast(color, paperColor) >= leastContrast) expect(readable).toBe(color);
        else expect(contrast(readable, paperColor)).toBeLessThan(leastContrast + 0.2);
        expect(readableOnPaper(readable)).toBe(readable);
      }),
    );
  });

  test('keeps its hue when it is darkened', () => {
    expect(readableOnPaper('#ffff00')).toMatch(/^#(..)\1(00)$/);
    expect(readableOnPaper('#ffffff')).toMatch(/^#(..)\1\1$/);
  });

  test('is taken in lower case and at full length', () => {
    expect([' #0A6B5C ', '#Fa0'].map((value) => hexColor.parse(value))).toEqual(['#0a6b5c', '#ffaa00']);
  });

  test.each(['', '0a6b5c', '#0a6b5', '#0a6b5c80', 'red', 'rgb(0,0,0)', '#0a6b5g', '#fff;}body{display:none', 'var(--x)'])('is refused as %j', (value) => {
    expect(hexColor.safeParse(value).success).toBe(false);
  });
});
