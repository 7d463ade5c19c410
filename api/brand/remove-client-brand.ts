import { dropUnusedLogos, lockBrands } from '../../db/drop-unused-logos.ts';
import { recordEvent } from '../../db/record-event.ts';
import { inTenant, reading } from '../../db/tenant.ts';
import { brandFacts } from '../../domain/brand.ts';
import type { ClientId } from '../../domain/ids.ts';
import type { AppContext } from '../environment.ts';
import { admitChange } from './admit-change.ts';

/** Takes away all that the client has of its own, so that everything inherits. Refuses as `admitChange` does. */
export async function removeClientBrand(c: AppContext, clientId: ClientId): Promise<void> {
  const { agencyId, actor, deps } = c.var;
  await inTenant(deps.db, agencyId, async (tx) => {
    await lockBrands(tx, agencyId);
    const { client } = await admitChange(c, reading(tx), { agencyId, clientId }, { sets: false });
    const { numDeletedRows } = await tx
      .deleteFrom('client_brands')
      .where('agency_id', '=', agencyId)
      .where('client_id', '=', clientId)
      .executeTakeFirstOrThrow();
    if (numDeletedRows === 0n) return;
    await dropUnusedLogos(tx, agencyId);
    await recordEvent(tx, { agencyId, clientId, actor, kind: 'client_brand.removed', before: brandFacts(client) });
  });
}
