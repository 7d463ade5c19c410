import { dropUnusedLogos, lockBrands } from '../../db/drop-unused-logos.ts';
import type { EffectiveBrand } from '../../db/read/effective-brand.ts';
import { recordEvent } from '../../db/record-event.ts';
import { inTenant, reading } from '../../db/tenant.ts';
import { type BrandSettings, brandFacts } from '../../domain/brand.ts';
import type { AppContext } from '../environment.ts';
import type { RenderedLogo } from '../logo/draw-logo.ts';
import { admitChange } from './admit-change.ts';
import { type BrandOwner, ownBrand } from './brand-owner.ts';
import { findBrand } from './find-brand.ts';
import { storeBrand, storeLogo } from './stored-brands.ts';

/** What is set from now on; a field that is left out stays as it is, null takes it away. */
export interface BrandChange {
  reportBrand?: string | null | undefined;
  logo?: RenderedLogo | null | undefined;
  accentColor?: string | null | undefined;
  footer?: string | null | undefined;
}

/** Changes a brand, with its event, in one transaction; returns what holds then. What changes nothing leaves no trace. Refuses as `admitChange` does. */
export async function changeBrand(c: AppContext, owner: BrandOwner, change: BrandChange): Promise<EffectiveBrand> {
  const { agencyId, clientId } = owner;
  return inTenant(c.var.deps.db, agencyId, async (tx) => {
    await lockBrands(tx, agencyId);
    const sets = Object.values(change).some((value) => value !== null && value !== undefined);
    const found = await admitChange(c, reading(tx), owner, { sets });
    const before = ownBrand(owner, found);
    const after = changed(before, change);
    const facts = { before: brandFacts(before), after: brandFacts(after) };
    if (JSON.stringify(facts.before) === JSON.stringify(facts.after)) return found;
    if (change.logo) await storeLogo(tx, agencyId, change.logo);
    await storeBrand(tx, owner, { ...after, version: before.version + 1 });
    await dropUnusedLogos(tx, agencyId);
    await recordEvent(tx, { agencyId, clientId, actor: c.var.actor, kind: clientId ? 'client_brand.changed' : 'brand.changed', ...facts });
    return findBrand(reading(tx), owner);
  });
}

function changed(before: BrandSettings, { reportBrand = before.reportBrand, accentColor = before.accentColor, footer = before.footer, logo }: BrandChange) {
  const shown = logo && { hash: logo.hash.toString('hex'), width: logo.width, height: logo.height };
  return { reportBrand, logo: shown === undefined ? before.logo : shown, accentColor, footer };
}
