import { z } from '@hono/zod-openapi';
import type { SharingRecord } from '../../db/read/sharing.ts';
import { sharingStates, shownSharingState } from '../../domain/sharing.ts';
import type { Deps } from '../environment.ts';
import { portalPath, reportPath } from '../surfaces/paths.ts';

export const sharingSchema = z
  .object({
    state: z.enum(sharingStates),
    links: z.object({ portal: z.url(), public: z.url(), print: z.url(), pdf: z.url() }).nullable().openapi({ description: 'Null while nothing is shared.' }),
    expiresAt: z.iso.datetime().nullable(),
    views: z.int(),
    lastViewedAt: z.iso.datetime().nullable(),
  })
  .openapi('Sharing');

/** A sharing with its links, which stand in the record encrypted. */
export function presentSharing({ secrets, publicUrl }: Pick<Deps, 'secrets' | 'publicUrl'>, record: SharingRecord): z.infer<typeof sharingSchema> {
  const { expiresAt, views, lastViewedAt, sealed } = record;
  const state = shownSharingState(record, new Date());
  return {
    state,
    links: state === 'shared' && sealed ? linksOf(publicUrl, secrets.open(sealed.token), secrets.open(sealed.portalToken)) : null,
    expiresAt: expiresAt?.toISOString() ?? null,
    views,
    lastViewedAt: lastViewedAt?.toISOString() ?? null,
  };
}

function linksOf(publicUrl: string, token: string, portalToken: string) {
  return {
    portal: publicUrl + portalPath(portalToken),
    public: publicUrl + reportPath(token),
    print: publicUrl + reportPath(token, 'print'),
    pdf: publicUrl + reportPath(token, 'report.pdf'),
  };
}
