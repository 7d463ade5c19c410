import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contrast, leastContrast, paperColor } from '../../domain/accent-color.ts';
import { type BrandSettings, brandRequest, inheritBrand, neutralAccent, noBrand, shownBrand } from '../../domain/brand.ts';
import { forbiddenClaim } from '../../domain/brand-wording.ts';

const logo = { hash: 'aa', width: 320, height: 80 };
const agency: BrandSettings = { reportBrand: 'Northwind', logo, accentColor: '#0a6b5c', footer: 'Northwind Studio' };
const ofHash = (hash: string) => `/logo/${hash}`;

describe('what a client surface shows', () => {
  test('is the account and neutral where nobody set anything', () => {
    expect(shownBrand(noBrand, 'Northwind Studio', ofHash)).toEqual({ reportBrand: 'Northwind Studio', logo: null, accentColor: neutralAccent, footer: null });
  });

  test('is what the agency set, its logo from where the surface is served', () => {
    expect(shownBrand(agency, 'x', ofHash)).toEqual({
      reportBrand: 'Northwind',
      logo: { url: '/logo/aa', width: 320, height: 80 },
      accentColor: '#0a6b5c',
      footer: 'Northwind Studio',
    });
  });

  test('has an accent that can be read, whatever was asked for', () => {
    for (const accentColor of ['#ffffff', '#ffee00', neutralAccent]) {
      expect(contrast(shownBrand({ ...noBrand, accentColor }, 'x', ofHash).accentColor, paperColor)).toBeGreaterThanOrEqual(leastContrast);
    }
  });
});

test("a client's brand inherits field by field where it is blank", () => {
  const whole: BrandSettings = { reportBrand: 'Acme by Northwind', logo: { ...logo, hash: 'bb' }, accentColor: '#112233', footer: 'For Acme' };
  const fields = ['reportBrand', 'logo', 'accentColor', 'footer'] as const;
  fc.assert(
    fc.property(fc.subarray([...fields]), (set) => {
      const own = <Field extends keyof BrandSettings>(field: Field) => (set.includes(field) ? whole[field] : null);
      const client = { reportBrand: own('reportBrand'), logo: own('logo'), accentColor: own('accentColor'), footer: own('footer') };
      const shown = inheritBrand(client, agency);
      for (const field of fields) expect(shown[field]).toBe(set.includes(field) ? whole[field] : agency[field]);
    }),
  );
});

describe('wording', () => {
  test.each([
    ['Certified by Northwind', 'a certification'],
    ['CERTIFICATION AUTHORITY', 'a certification'],
    ['Your site is cer\u200btified', 'a certification'],
    ['Geprüft und zertifiziert', 'a certification'],
    ['Sécurité certifiée', 'a certification'],
    ['Accredited testers', 'a certification'],
    ['Not only checked, certified', 'a certification'],
    ['No nonsense. Certified results', 'a certification'],
    ['Security guaranteed', 'a guarantee'],
    ['Sicherheit garantiert', 'a guarantee'],
    ['Garantía total', 'a guarantee'],
    ['With a full warranty', 'a guarantee'],
    ['100% secure', 'complete security'],
    ['Hack-proof since 2019', 'complete security'],
    ['Results of our own scanner', 'own scanning'],
    ['Our security scans find it', 'own scanning'],
    ['Made with our automated website scanner', 'own scanning'],
    ['Scans performed daily by Northwind', 'own scanning'],
    ['We scan the web', 'own scanning'],
    ['Scanned by Northwind', 'own scanning'],
    ['Pentest by Northwind', 'own scanning'],
    ['Geprüft von Northwind', 'own scanning'],
    ['TÜV-geprüft', 'a certification'],
    ['We work by ISO/IEC 27001', 'a certification'],
    ['Your site is GDPR compliant', 'compliance'],
    // In letters of another script that look the same.
    ['Сеrtіfіеd', 'a certification'],
    ['Gescannt? Unsere Scans finden es', 'own scanning'],
  ])('%j is refused, for it claims %s', (text, claim) => {
    expect(forbiddenClaim(text)).toContain(`must not claim ${claim}`);
  });

  test.each([
    'Northwind Studio',
    'Garant Medien GmbH',
    'Certis & Sons',
    'Secure Web Partners',
    'Observed technical evidence, not a certification, guarantee or warranty.',
    'This report does not certify the security of your site',
    'Kein Zertifikat, keine Garantie',
    'Северный ветер, Hamburg. Λιμάνι',
    'Not tested by Northwind, but by the product that it uses',
    'We can’t guarantee that nothing was missed',
    'Questions? Ask your account manager: team@northwind.example',
    'Prepared by Northwind from an authorised scan of your site',
    'Ask our team about scan results, or write to us with scans of your own contracts',
  ])('%j may stand on a report', (text) => {
    expect(forbiddenClaim(text)).toBeUndefined();
  });
});

describe('a request for a brand', () => {
  test('takes a blank for what inherits', () => {
    expect(brandRequest.parse({ reportBrand: ' ', logoUrl: '', accentColor: null, footer: '\n' })).toEqual({
      reportBrand: null,
      logoUrl: null,
      accentColor: null,
      footer: null,
    });
  });

  test('leaves alone what it does not name, and must name something', () => {
    expect(brandRequest.parse({ footer: ' Northwind ' })).toEqual({ footer: 'Northwind' });
    expect(brandRequest.safeParse({ footer: '\u202edeifitrec' }).success).toBe(false);
    for (const nothing of [{}, { name: 'Northwind' }]) expect(brandRequest.safeParse(nothing).success).toBe(false);
  });

  test('says of each field why it may not read so', () => {
    const { error } = brandRequest.safeParse({ reportBrand: 'Certified', accentColor: 'red', footer: 'Guaranteed' });
    expect(error?.issues.map(({ path, message }) => `${path}: ${message}`)).toEqual([
      expect.stringContaining('reportBrand: must not claim a certification ("certified")'),
      expect.stringContaining('accentColor: must be a colour'),
      expect.stringContaining('footer: must not claim a guarantee ("guaranteed")'),
    ]);
  });
});
