import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { onboardClientRequest } from '../../domain/client.ts';
import { deliverReportRequest } from '../../domain/project.ts';
import { domainName, emailAddress, line, optional, text, timestamp } from '../../domain/text.ts';

const accepts = (schema: z.ZodType, value: unknown) => schema.safeParse(value).success;
const loneSurrogates = ['\ud800', '\udfff', 'a\ud83d', '\ude00b', '\ude00\ud83d'];

describe('text', () => {
  test('is trimmed', () => {
    expect(text(10).parse('  Acme \n')).toBe('Acme');
  });

  test.each(['', ' ', '\t\n', '\u00a0', '\ufeff'])('is refused when nothing is left of it: %j', (value) => {
    expect(accepts(text(10), value)).toBe(false);
  });

  test.each(['\u0000', 'a\u0000b', ' \u0000'])('is refused with a NUL: %j', (value) => {
    expect(accepts(text(10), value)).toBe(false);
  });

  test.each(loneSurrogates)('is refused with a lone surrogate: %j', (value) => {
    expect(accepts(text(10), value)).toBe(false);
  });

  test('keeps letters beyond the basic plane', () => {
    expect(text(10).parse('Café 😀 株式')).toBe('Café 😀 株式');
  });

  test('is as long as it may be, and no longer, counted before it is trimmed', () => {
    expect(accepts(text(10_000), 'x'.repeat(10_000))).toBe(true);
    expect(accepts(text(10_000), 'x'.repeat(10_001))).toBe(false);
    expect(accepts(text(10), ` ${'x'.repeat(10)}`)).toBe(false);
  });

  test('refuses ten million letters without walking them', () => {
    const huge = 'x'.repeat(10_000_000);
    const began = performance.now();
    expect(accepts(text(200), huge)).toBe(false);
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  test.each([undefined, null, 7, {}, [], true])('is nothing but a string: %j', (value) => {
    expect(accepts(text(10), value)).toBe(false);
  });

  test('that was accepted is accepted again, unchanged', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 50 }), (value) => {
        const first = text(200).safeParse(value);
        fc.pre(first.success);
        expect(text(200).parse(first.data)).toBe(first.data);
        expect(first.data).toBe(first.data?.trim());
        expect(first.data).not.toContain('\u0000');
        expect(first.data?.isWellFormed()).toBe(true);
      }),
    );
  });
});

describe('a line', () => {
  test('is text without control characters or line breaks', () => {
    expect(line(20).parse(' Acme & Söhne 😀 ')).toBe('Acme & Söhne 😀');
  });

  test.each(['a\nb', 'a\tb', 'a\u0007b', 'a\u0085b', 'a\u2028b', 'a\u2029b', 'a\u202eb', 'a\u2066b'])('is refused with one: %j', (value) => {
    expect(accepts(line(10), value)).toBe(false);
    expect(accepts(text(10), value)).toBe(true);
  });
});

describe('what is optional', () => {
  test.each([undefined, '', '  '])('is absent when it is %j', (value) => {
    expect(optional(text(10)).parse(value)).toBeUndefined();
  });

  test('is held to the same rules where it is there', () => {
    expect(optional(text(10)).parse(' a ')).toBe('a');
    for (const value of ['\u0000', '\ud800', 'x'.repeat(11)]) expect(accepts(optional(text(10)), value)).toBe(false);
  });
});

describe('an e-mail address', () => {
  test('is trimmed', () => {
    expect(emailAddress.parse(' ops@site.example ')).toBe('ops@site.example');
  });

  test.each(['', 'ops', 'ops@', '@site.example', 'a b@site.example', 'ops@site.example\u0000', `${'x'.repeat(250)}@site.example`])(
    'is refused: %j',
    (value) => {
      expect(accepts(emailAddress, value)).toBe(false);
    },
  );
});

describe('a domain name', () => {
  test('is trimmed and lower-cased', () => {
    expect(domainName.parse(' Shop.Example ')).toBe('shop.example');
  });

  test.each([
    'localhost',
    'https://shop.example',
    'shop.example/path',
    'shop.example:8080',
    '-a.example',
    'a-.example',
    'a..example',
    '.example',
    'shop.example.',
    'ex ample.com',
    `${'x'.repeat(64)}.example`,
    '',
  ])('is refused: %j', (value) => {
    expect(accepts(domainName, value)).toBe(false);
  });
});

describe('a time', () => {
  test('is read with its offset', () => {
    expect(timestamp.parse('2026-03-01T12:00:00+02:00')).toEqual(new Date('2026-03-01T10:00:00Z'));
  });

  test.each(['2026-03-01', '2026-03-01T12:00:00', '1999-12-31T23:59:59Z', '2100-01-01T00:00:00Z', '2026-02-30T12:00:00Z', '9999-12-31T23:59:59Z', 'now', ''])(
    'is refused: %j',
    (value) => {
      expect(accepts(timestamp, value)).toBe(false);
    },
  );
});

describe('a request for a client', () => {
  test('needs no more than a name, and refuses at the limit unless told to wait', () => {
    expect(onboardClientRequest.parse({ name: ' Acme ' })).toEqual({ name: 'Acme', onLimit: 'refuse' });
  });

  test('takes an empty form field for an absent one', () => {
    const { contactEmail, externalReference, notes } = onboardClientRequest.parse({ name: 'Acme', contactEmail: ' ', externalReference: '', notes: '\n' });
    expect([contactEmail, externalReference, notes]).toEqual([undefined, undefined, undefined]);
  });

  test.each([
    ['a name of 201 letters', { name: 'x'.repeat(201) }],
    ['notes of 10,001 letters', { name: 'Acme', notes: 'x'.repeat(10_001) }],
    ['a NUL in the notes', { name: 'Acme', notes: 'a\u0000' }],
    ['half a letter in the reference', { name: 'Acme', externalReference: '\ud800' }],
    ['a project that is no id', { name: 'Acme', projectId: 'project-1' }],
    ['an unknown choice at the limit', { name: 'Acme', onLimit: 'perhaps' }],
    ['no name', {}],
  ])('is refused with %s', (_, body) => {
    expect(accepts(onboardClientRequest, body)).toBe(false);
  });

  test('takes notes of 10,000 letters', () => {
    expect(accepts(onboardClientRequest, { name: 'Acme', notes: 'x'.repeat(10_000) })).toBe(true);
  });
});

describe('a report', () => {
  const gates = Object.fromEntries(
    ['evidence', 'scope', 'confidence', 'redaction', 'legalBoundary', 'falsePositiveReview'].map((gate) => [gate, { state: 'passed' }]),
  );
  const report = { title: 'Report', domain: 'shop.example', riskScore: 0, pagesScanned: 0, findings: [], gates, at: '2026-03-01T12:00:00Z' };

  test('is accepted with all six gates', () => {
    expect(accepts(deliverReportRequest, report)).toBe(true);
  });

  test.each(Object.keys(gates))('is refused without the gate %s', (gate) => {
    expect(accepts(deliverReportRequest, { ...report, gates: Object.fromEntries(Object.entries(gates).filter(([name]) => name !== gate)) })).toBe(false);
  });

  test.each([-1, 101, Number.NaN, Number.POSITIVE_INFINITY])('is refused with a risk score of %s', (riskScore) => {
    expect(accepts(deliverReportRequest, { ...report, riskScore })).toBe(false);
  });
});
