import type { EffectiveBrand } from '../../db/read/effective-brand.ts';
import { readWhiteLabel } from '../../db/read/white-label.ts';
import type { TenantReader } from '../../db/tenant.ts';
import { isPlanEligible } from '../../domain/plan.ts';
import type { AppContext } from '../environment.ts';
import { expectedVersion } from '../if-match.ts';
import { refused } from '../refused.ts';
import { type BrandOwner, ownBrand } from './brand-owner.ts';
import { findBrand } from './find-brand.ts';

/**
 * The brand that a change begins with. Asked in the transaction of the change, and before it where a logo is fetched or drawn first.
 *
 * Refuses with `NOT_FOUND`, `CLIENT_ARCHIVED`, `VERSION_CONFLICT` where the caller's `If-Match` is another version's, and where anything is set
 * `WHITE_LABEL_NOT_ELIGIBLE` and `AGENCY_PLAN_INELIGIBLE`: taking a brand away needs no plan.
 */
export async function admitChange(c: AppContext, reader: TenantReader, owner: BrandOwner, { sets }: { sets: boolean }): Promise<EffectiveBrand> {
  const found = await findBrand(reader, owner);
  if (found.clientState === 'archived') throw refused('CLIENT_ARCHIVED');
  const expected = c.req.header('if-match') === undefined ? null : expectedVersion(c);
  if (expected !== null && expected !== ownBrand(owner, found).version) throw refused('VERSION_CONFLICT');
  if (sets) await requireWhiteLabel(reader, owner);
  return found;
}

async function requireWhiteLabel(reader: TenantReader, { agencyId }: BrandOwner): Promise<void> {
  const plan = await readWhiteLabel(reader, agencyId);
  if (!plan?.whiteLabel) throw refused('WHITE_LABEL_NOT_ELIGIBLE');
  if (!isPlanEligible(plan, new Date())) throw refused('AGENCY_PLAN_INELIGIBLE');
}
