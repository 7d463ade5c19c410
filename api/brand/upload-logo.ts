import { readInTenant } from '../../db/tenant.ts';
import type { AppContext } from '../environment.ts';
import { renderLogo } from '../logo/render-logo.ts';
import { type Brand, presentBrand } from '../representations/brand.ts';
import { inTurn } from '../request-limits.ts';
import { admitChange } from './admit-change.ts';
import type { BrandOwner } from './brand-owner.ts';
import { changeBrand } from './change-brand.ts';

/** Sets the logo alone, to the image in the request's body. Refuses as `changeBrand`, and with `LOGO_UNSAFE`. */
export async function uploadLogo(c: AppContext, owner: BrandOwner): Promise<Brand> {
  // Nothing is drawn for whoever may not show it.
  await readInTenant(c.var.deps.db, c.var.sight, (reader) => admitChange(c, reader, owner, { sets: true }));
  const file = Buffer.from(await c.req.arrayBuffer());
  const logo = await inTurn(c.var.deps, owner.agencyId, () => renderLogo(file), 'drawings');
  return presentBrand(owner, await changeBrand(c, owner, { logo }));
}
