import { readInTenant } from '../../db/tenant.ts';
import type { BrandRequest } from '../../domain/brand.ts';
import type { AppContext } from '../environment.ts';
import type { RenderedLogo } from '../logo/draw-logo.ts';
import { renderLogo } from '../logo/render-logo.ts';
import { type Brand, logoPath, presentBrand } from '../representations/brand.ts';
import { inTurn } from '../request-limits.ts';
import { admitChange } from './admit-change.ts';
import { type BrandOwner, ownBrand } from './brand-owner.ts';
import { changeBrand } from './change-brand.ts';

/** Sets what the request names; a logo from elsewhere is fetched this once. Refuses as `changeBrand`, and with `LOGO_UNSAFE`. */
export async function setBrand(c: AppContext, owner: BrandOwner, { reportBrand, accentColor, footer, logoUrl }: BrandRequest): Promise<Brand> {
  const logo = typeof logoUrl === 'string' ? await obtainLogo(c, owner, logoUrl) : logoUrl;
  return presentBrand(owner, await changeBrand(c, owner, { reportBrand, accentColor, footer, logo }));
}

/** Undefined for the logo that is there already, named as Foyer itself serves it. Outside of any transaction: the other side may be slow. */
async function obtainLogo(c: AppContext, owner: BrandOwner, logoUrl: string): Promise<RenderedLogo | undefined> {
  const { sight, deps } = c.var;
  // Nothing is fetched for whoever may not show it.
  const found = await readInTenant(deps.db, sight, (reader) => admitChange(c, reader, owner, { sets: true }));
  const { logo } = ownBrand(owner, found);
  if (logo && logoUrl === logoPath(owner.agencyId, logo.hash)) return undefined;
  const file = await deps.fetchLogo(logoUrl);
  return inTurn(deps, owner.agencyId, () => renderLogo(file), 'drawings');
}
