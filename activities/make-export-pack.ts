import { type Kysely, sql } from 'kysely';
import { readClient } from '../db/read/client.ts';
import { eventsOfClient } from '../db/read/events-of-client.ts';
import { onboardingsOfClient } from '../db/read/onboardings-of-client.ts';
import { projectsOfClient } from '../db/read/projects-of-client.ts';
import { reportsOfClient } from '../db/read/reports-of-client.ts';
import { recordEvent } from '../db/record-event.ts';
import type { Database } from '../db/schema.ts';
import { inTenant, reading, type TenantTransaction } from '../db/tenant.ts';
import { type ExportedClient, packFiles } from './export-pack-files.ts';
import { packPdfs } from './export-pack-pdfs.ts';
import { lockOffboarding, type OffboardingKey } from './offboarding-record.ts';
import { zipFiles } from './zip-files.ts';

export interface MakeExportPackInput extends OffboardingKey {
  maxPackBytes: number;
  /** Until when it is kept, RFC 3339. */
  expiresAt: string;
}

/**
 * Everything that is recorded of a client, as a zip that can be downloaded until it expires; made again it takes the place of the one before.
 * One that would be too large with its PDFs is made without them; one that still is, is not kept.
 */
export async function makeExportPack(db: Kysely<Database>, input: MakeExportPackInput): Promise<{ pack: 'made' | 'too_large' | 'gone' }> {
  const { agencyId, clientId, offboardingId, maxPackBytes, expiresAt } = input;
  return inTenant(db, agencyId, async (tx) => {
    const offboarding = await lockOffboarding(tx, input);
    const exported = offboarding?.state === 'scheduled' ? await readWhole(tx, input) : undefined;
    if (!exported) return { pack: 'gone' };
    const content = await zipWithin(tx, input, exported);
    const pack = content.length > maxPackBytes ? 'too_large' : 'made';
    const kept = { content, made_at: sql<Date>`now()`, expires_at: expiresAt };
    await Promise.all([
      pack === 'made' &&
        tx
          .insertInto('export_packs')
          .values({ agency_id: agencyId, client_id: clientId, offboarding_id: offboardingId, ...kept })
          .onConflict((conflict) => conflict.columns(['agency_id', 'offboarding_id']).doUpdateSet(kept))
          .execute(),
      tx.updateTable('offboardings').set({ pack_state: pack }).where('agency_id', '=', agencyId).where('id', '=', offboardingId).execute(),
      recordEvent(tx, {
        agencyId,
        clientId,
        actor: { kind: 'system', label: 'offboarding' },
        kind: 'export_pack.made',
        after: { offboardingId, pack, bytes: content.length },
      }),
    ]);
    return { pack };
  });
}

async function zipWithin(tx: TenantTransaction, { agencyId, clientId, maxPackBytes }: MakeExportPackInput, exported: ExportedClient): Promise<Buffer> {
  const pdfs = await packPdfs(reading(tx), { agencyId, clientId, maxBytes: maxPackBytes }, exported.reports);
  const whole = zipFiles(packFiles(exported, pdfs));
  return whole.length > maxPackBytes ? zipFiles(packFiles(exported, 'too_large')) : whole;
}

async function readWhole(tx: TenantTransaction, { agencyId, clientId }: OffboardingKey): Promise<ExportedClient | undefined> {
  const reader = reading(tx);
  const [client, projects, reports, onboardings, events] = await Promise.all([
    readClient(reader, agencyId, clientId),
    projectsOfClient(reader, agencyId, clientId),
    reportsOfClient(reader, agencyId, clientId),
    onboardingsOfClient(reader, agencyId, clientId),
    eventsOfClient(reader, agencyId, clientId),
  ]);
  return client && { client, projects, reports, onboardings, events };
}
