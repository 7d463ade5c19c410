import { z } from '@hono/zod-openapi';
import type { EffectiveBrand } from '../../db/read/effective-brand.ts';
import { leastContrast } from '../../domain/accent-color.ts';
import { type BrandSettings, shownBrand } from '../../domain/brand.ts';
import type { AgencyId } from '../../domain/ids.ts';
import { type BrandOwner, ownBrand } from '../brand/brand-owner.ts';

export const brandSchema = z
  .object({
    reportBrand: z.string().nullable(),
    logoUrl: z.string().nullable().openapi({ description: 'Where Foyer serves the logo; it never changes for as long as the logo does not.' }),
    accentColor: z.string().nullable(),
    footer: z.string().nullable(),
    version: z.int(),
    shown: z
      .object({
        reportBrand: z.string(),
        logo: z.object({ url: z.string(), width: z.int(), height: z.int() }).nullable(),
        accentColor: z.string(),
        footer: z.string().nullable(),
      })
      .openapi({ description: 'What reports show: with what is inherited, and an accent colour that can be read.' }),
    adjustments: z
      .array(z.object({ field: z.literal('accentColor'), from: z.string(), to: z.string(), reason: z.string() }))
      .openapi({ description: 'What is shown otherwise than it was asked for.' }),
  })
  .openapi('Brand');

export type Brand = z.infer<typeof brandSchema>;

/** Where whoever may read the agency gets its logos. */
export function logoPath(agencyId: AgencyId, hash: string): string {
  return `/v1/agencies/${agencyId}/logos/${hash}`;
}

/** What the owner has set, and what its reports show of it. */
export function presentBrand(owner: BrandOwner, effective: EffectiveBrand): Brand {
  const { agencyId } = owner;
  const { reportBrand, logo, accentColor, footer, version } = ownBrand(owner, effective);
  const shown = shownBrand(effective.brand, effective.accountName, (hash) => logoPath(agencyId, hash));
  return {
    reportBrand,
    logoUrl: logo && logoPath(agencyId, logo.hash),
    accentColor,
    footer,
    version,
    shown,
    adjustments: adjustments(effective.brand, shown.accentColor),
  };
}

/** The strong validator of a brand's version. */
export function brandETag({ version }: Brand): string {
  return `"${version}"`;
}

function adjustments({ accentColor: from }: BrandSettings, to: string): Brand['adjustments'] {
  if (from === null || from === to) return [];
  return [
    { field: 'accentColor', from, to, reason: `Darkened to a contrast of at least ${leastContrast} to 1 on paper, so that everyone can read it (WCAG AA).` },
  ];
}
