import { sql } from 'kysely';
import { recordEvent } from '../../db/record-event.ts';
import type { TenantTransaction } from '../../db/tenant.ts';
import type { Actor } from '../../domain/actor.ts';
import type { AgencyId, ImportId } from '../../domain/ids.ts';
import type { ImportChoices } from '../../domain/import.ts';
import { importWorkflowId } from '../../workflows/contract.ts';
import type { PreparedFile, PreparedRow } from './prepare-import.ts';
import { unfitRow } from './preview-import.ts';

export interface NewImport extends ImportChoices {
  agencyId: AgencyId;
  id: ImportId;
  actor: Actor;
  fileName: string | null;
  file: PreparedFile;
}

/** Stores a whole file, for its workflow to work off: either all of its rows stand, or none. */
export async function storeImport(tx: TenantTransaction, { agencyId, id, actor, fileName, onLimit, onDuplicate, file }: NewImport): Promise<void> {
  const rows = [...file.fit.map(pendingRow), ...file.unfit.map(unfitRow)];
  await tx
    .insertInto('imports')
    .values({
      agency_id: agencyId,
      id,
      workflow_id: importWorkflowId(agencyId, id),
      on_limit: onLimit,
      on_duplicate: onDuplicate,
      file_name: fileName,
      actor: JSON.stringify(actor),
      total: rows.length,
    })
    .execute();
  await sql`
    insert into foyer.import_rows
      (agency_id, import_id, line, name, contact_email, external_reference, notes, domain, twin_line, outcome, code, detail)
    select ${agencyId}, ${id}, line, name, "contactEmail", "externalReference", notes, domain, "twinLine", outcome, code, detail
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (
      line integer, name text, "contactEmail" text, "externalReference" text, notes text, domain text, "twinLine" integer, outcome text, code text, detail text
    )
  `.execute(tx);
  await recordEvent(tx, { agencyId, actor, kind: 'import.started', after: { importId: id, total: rows.length, onLimit, onDuplicate } });
}

function pendingRow({ line, row, twinLine }: PreparedRow) {
  return { line, ...row, twinLine, outcome: 'pending' };
}
