import { z } from '@hono/zod-openapi';
import type { SealedLinks, SharingRecord } from '../../db/read/sharing.ts';
import type { May } from '../../domain/permission.ts';
import { sharingStates, shownSharingState } from '../../domain/sharing.ts';
import { portalPath, reportPath } from '../../domain/surface-path.ts';
import type { Deps } from '../environment.ts';

export const sharingSchema = z
  .object({
    state: z.enum(sharingStates),
    links: z
      .object({ portal: z.url(), public: z.url(), print: z.url(), pdf: z.url() })
      .nullable()
      .openapi({ description: 'Null while nothing is shared, and for whoever may not share.' }),
    expiresAt: z.iso.datetime().nullable(),
    views: z.int(),
    lastViewedAt: z.iso.datetime().nullable(),
  })
  .openapi('Sharing');

export interface SharingReader {
  may: May;
  deps: Pick<Deps, 'secrets' | 'publicUrl'>;
}

/** A sharing with its links, which stand in the record encrypted and are given to whoever may share. */
export function presentSharing(record: SharingRecord, { may, deps }: SharingReader): z.infer<typeof sharingSchema> {
  const { expiresAt, views, lastViewedAt, sealed } = record;
  const state = shownSharingState(record, new Date());
  return {
    state,
    links: state === 'shared' && sealed && may('sharing.write') ? linksOf(deps, sealed) : null,
    expiresAt: expiresAt?.toISOString() ?? null,
    views,
    lastViewedAt: lastViewedAt?.toISOString() ?? null,
  };
}

function linksOf({ secrets, publicUrl }: SharingReader['deps'], sealed: SealedLinks) {
  const token = secrets.open(sealed.token);
  return {
    portal: publicUrl + portalPath(secrets.open(sealed.portalToken)),
    public: publicUrl + reportPath(token),
    print: publicUrl + reportPath(token, 'print'),
    pdf: publicUrl + reportPath(token, 'report.pdf'),
  };
}
