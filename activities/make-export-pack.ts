import { cancellationSignal, log } from '@temporalio/activity';
import { sql } from 'kysely';
import { readClient } from '../db/read/client.ts';
import { eventsOfClient } from '../db/read/events-of-client.ts';
import { onboardingsOfClient } from '../db/read/onboardings-of-client.ts';
import { projectsOfClient } from '../db/read/projects-of-client.ts';
import { reportsOfClient } from '../db/read/reports-of-client.ts';
import { recordEvent } from '../db/record-event.ts';
import { inTenant, readInTenant, type TenantReader } from '../db/tenant.ts';
import type { PdfPress } from '../report/pdf-press.ts';
import { type ExportedClient, type LeftOutPdf, type PackedPdfs, packFiles } from './export-pack-files.ts';
import { packPdfs } from './export-pack-pdfs.ts';
import { heartbeating } from './heartbeating.ts';
import type { ActivityDeps } from './index.ts';
import { lockOffboarding, type OffboardingKey } from './offboarding-record.ts';
import { type ReportDress, readDress } from './report-dress.ts';
import { zipFiles } from './zip-files.ts';

export interface MakeExportPackInput extends OffboardingKey {
  maxPackBytes: number;
  /** Until when it is kept, RFC 3339. */
  expiresAt: string;
}

/**
 * Everything that is recorded of a client, as a zip that can be downloaded until it expires; made again it takes the place of the one before.
 * PDFs that would make it too large are left out; one that is too large without them is not kept.
 */
export async function makeExportPack(deps: ActivityDeps, input: MakeExportPackInput): Promise<{ pack: 'made' | 'too_large' | 'gone' }> {
  return heartbeating(() => makePack(deps, input));
}

async function makePack({ db, pdfs }: ActivityDeps, input: MakeExportPackInput): Promise<{ pack: 'made' | 'too_large' | 'gone' }> {
  const { agencyId, clientId, offboardingId, maxPackBytes, expiresAt } = input;
  const exported = await readInTenant(db, { agencyId }, (reader) => readWhole(reader, input));
  if (!exported) return { pack: 'gone' };
  // To draw takes seconds, or minutes: nobody waits behind a lock for it.
  const { content, leftOut } = await zipWithin(pdfs, exported, maxPackBytes);
  for (const { report, why, error } of leftOut) {
    if (error) log.warn('a PDF is left out of an export pack', { agencyId, clientId, projectId: report.projectId, why, err: error });
  }
  const pack = content.length > maxPackBytes ? 'too_large' : 'made';
  return inTenant(db, agencyId, async (tx) => {
    const offboarding = await lockOffboarding(tx, input);
    if (offboarding?.state !== 'scheduled') return { pack: 'gone' };
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

interface Whole extends ExportedClient {
  /** What the PDFs are drawn with. */
  dress: ReportDress | undefined;
}

const noPdfs: PackedPdfs = { files: {}, leftOut: [] };

async function zipWithin(pdfs: PdfPress, { dress, ...exported }: Whole, maxPackBytes: number): Promise<{ content: Buffer; leftOut: LeftOutPdf[] }> {
  const withoutPdfs = zipFiles(packFiles(exported, noPdfs));
  if (!dress || withoutPdfs.length > maxPackBytes) return { content: withoutPdfs, leftOut: [] };
  const packed = await packPdfs(pdfs, exported.reports, dress, { maxBytes: maxPackBytes - withoutPdfs.length, signal: cancellationSignal() });
  return { content: zipFiles(packFiles(exported, packed)), leftOut: packed.leftOut };
}

async function readWhole(reader: TenantReader, { agencyId, clientId }: OffboardingKey): Promise<Whole | undefined> {
  const [client, projects, reports, onboardings, events, dress] = await Promise.all([
    readClient(reader, agencyId, clientId),
    projectsOfClient(reader, agencyId, clientId),
    reportsOfClient(reader, agencyId, clientId),
    onboardingsOfClient(reader, agencyId, clientId),
    eventsOfClient(reader, agencyId, clientId),
    readDress(reader, agencyId, clientId),
  ]);
  return client && { client, projects, reports, onboardings, events, dress };
}
