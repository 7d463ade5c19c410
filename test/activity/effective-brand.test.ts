import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { readEffectiveBrand } from '../../db/read/effective-brand.ts';
import { inTenant, readInTenant } from '../../db/tenant.ts';
import { noBrand } from '../../domain/brand.ts';
import type { AgencyId, ClientId } from '../../domain/ids.ts';
import { openAgency } from '../harness/agency.ts';
import { activeClient } from '../harness/client.ts';
import { testDatabase } from '../harness/database.ts';

const database = await testDatabase();

/** Stores a logo as the API does; returns its hash. */
async function storeLogo(agencyId: AgencyId, size: { width: number; height: number }): Promise<Buffer> {
  const png = randomBytes(64);
  const hash = createHash('sha256').update(png).digest();
  await inTenant(database.api, agencyId, (tx) =>
    tx
      .insertInto('logos')
      .values({ agency_id: agencyId, hash, png, ...size })
      .execute(),
  );
  return hash;
}

describe.each(['api', 'worker'] as const)('as foyer_%s', (role) => {
  const brandOf = (agencyId: AgencyId, clientId: ClientId | null) =>
    readInTenant(database[role], { agencyId }, (reader) => readEffectiveBrand(reader, agencyId, clientId));

  test('an agency that set nothing has its name and no brand', async () => {
    const { agencyId, clientId } = await activeClient(database, await openAgency(database));
    const nothing = { accountName: expect.stringMatching(/^Agency /), brand: noBrand };
    expect(await brandOf(agencyId, null)).toMatchObject({ ...nothing, clientState: null });
    expect(await brandOf(agencyId, clientId)).toMatchObject({ ...nothing, clientState: 'active' });
  });

  test('a client shows what is its own and inherits the rest, and no other client does', async () => {
    const { agencyId, clientId } = await activeClient(database, await openAgency(database));
    const other = await activeClient(database, agencyId);
    const [ofAgency, ofClient] = [await storeLogo(agencyId, { width: 10, height: 5 }), await storeLogo(agencyId, { width: 20, height: 8 })];
    await inTenant(database.api, agencyId, async (tx) => {
      const agency = { report_brand: 'Northwind', accent_color: '#0a6b5c', footer: 'Northwind Studio', logo_hash: ofAgency };
      await tx
        .insertInto('brands')
        .values({ agency_id: agencyId, ...agency })
        .execute();
      const client = { report_brand: null, accent_color: '#112233', footer: null, logo_hash: ofClient };
      await tx
        .insertInto('client_brands')
        .values({ agency_id: agencyId, client_id: clientId, ...client })
        .execute();
    });
    const agencyLogo = { hash: ofAgency.toString('hex'), width: 10, height: 5 };
    const clientLogo = { hash: ofClient.toString('hex'), width: 20, height: 8 };
    const own = { reportBrand: 'Northwind', accentColor: '#0a6b5c', footer: 'Northwind Studio', logo: agencyLogo };
    expect((await brandOf(agencyId, null))?.brand).toEqual(own);
    expect((await brandOf(agencyId, other.clientId))?.brand).toEqual(own);
    expect((await brandOf(agencyId, clientId))?.brand).toEqual({ ...own, accentColor: '#112233', logo: clientLogo });
  });

  test('whoever is restricted to some clients sees what these show and the logo of all, and no other', async () => {
    const seen = await activeClient(database, await openAgency(database));
    const { agencyId } = seen;
    const hidden = await activeClient(database, agencyId);
    const logos = await Promise.all([1, 2, 3, 4].map((width) => storeLogo(agencyId, { width, height: 1 })));
    const [ofAgency = null, ofSeen = null, ofHidden = null] = logos;
    await inTenant(database.api, agencyId, async (tx) => {
      const texts = { agency_id: agencyId, report_brand: 'Own', accent_color: null, footer: null };
      await tx
        .insertInto('brands')
        .values({ ...texts, logo_hash: ofAgency })
        .execute();
      await tx
        .insertInto('client_brands')
        .values({ ...texts, client_id: seen.clientId, logo_hash: ofSeen })
        .execute();
      await tx
        .insertInto('client_brands')
        .values({ ...texts, client_id: hidden.clientId, logo_hash: ofHidden })
        .execute();
    });
    const sight = { agencyId, clientIds: [seen.clientId] };
    const shown = await readInTenant(database[role], sight, (reader) => reader.selectFrom('logos').select('width').orderBy('width').execute());
    expect(shown.map(({ width }) => width)).toEqual([1, 2]);
    const brandOfHidden = await readInTenant(database[role], sight, (reader) => readEffectiveBrand(reader, agencyId, hidden.clientId));
    expect(brandOfHidden).toMatchObject({ clientState: null, client: { reportBrand: null } });
  });

  test("nothing of another agency's brand is seen", async () => {
    const [own, other] = [await openAgency(database), await openAgency(database)];
    expect(await readInTenant(database[role], { agencyId: own }, (reader) => readEffectiveBrand(reader, other, null))).toBeUndefined();
  });
});
