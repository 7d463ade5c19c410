import { createHash, randomBytes } from 'node:crypto';
import sharp from 'sharp';
import { inTenant } from '../../db/tenant.ts';
import type { AgencyId } from '../../domain/ids.ts';
import type { TestDatabase } from './database.ts';

/** A drawing as an upload has it, another one each time. */
export function svgLogo(inside = ''): Uint8Array<ArrayBuffer> {
  const color = `#${randomBytes(3).toString('hex')}`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40"><rect width="120" height="40" fill="${color}"/>${inside}</svg>`;
  return new TextEncoder().encode(svg);
}

const size = { width: 120, height: 40 };

/** Stores a logo as the agency's, as the API does, another one each time; returns its hash. */
export async function showLogo({ api }: TestDatabase, agencyId: AgencyId, file?: Buffer): Promise<string> {
  const [r = 0, g = 0, b = 0] = randomBytes(3);
  const drawing = sharp({ create: { ...size, channels: 3, background: { r, g, b } } }).png();
  const png = file ?? (await drawing.toBuffer());
  const hash = createHash('sha256').update(png).digest();
  await inTenant(api, agencyId, async (tx) => {
    await tx
      .insertInto('logos')
      .values({ agency_id: agencyId, hash, png, ...size })
      .execute();
    const shown = { logo_hash: hash };
    await tx
      .insertInto('brands')
      .values({ agency_id: agencyId, report_brand: null, accent_color: null, footer: null, ...shown })
      .onConflict((conflict) => conflict.column('agency_id').doUpdateSet(shown))
      .execute();
  });
  return hash.toString('hex');
}
